import type { IExecuteFunctions, NodeParameterValueType } from 'n8n-workflow';
import { CREDENTIAL_TYPES, type Application } from '../account/application';
import { nameLinkedApp, readLinkedAccount, type LinkedAccount } from '../account/linkedAccount';
import { unlinkedSenderRights } from '../account/permissions';
import { explainAccount } from '../explain/account';
import type { Failure } from '../facts/failure';
import type { Options, Parameters } from '../mail/parameters';

type Context = Pick<IExecuteFunctions, 'getNodeParameter'>;

export function readApplication(context: Context): Application {
	return context.getNodeParameter('application', 0) as Application;
}

/** An account that cannot be used does not hide what is to be fixed in the emails. */
export type ReadAccount = LinkedAccount | { failure: Failure };

export async function readAccount(context: IExecuteFunctions, now: Date): Promise<ReadAccount> {
	const application = readApplication(context);
	const credentialType = CREDENTIAL_TYPES[application];
	try {
		return await readLinkedAccount(context, credentialType, application, now);
	} catch (error) {
		const app = nameLinkedApp(context, credentialType, application);
		return { failure: explainAccount(error, app) };
	}
}

/** What is known of the linked account before anything leaves; without one, its rights alone. */
export type Sender = Pick<LinkedAccount, 'rights'> &
	Partial<Pick<LinkedAccount, 'allowedRecipients' | 'tenant'>>;

export function senderOf(context: Context, account?: ReadAccount): Sender {
	return account && !('failure' in account)
		? account
		: { rights: unlinkedSenderRights(readApplication(context)) };
}

/**
 * What a designer entered for one item, each parameter read once, as n8n evaluated it.
 *
 * @param names how this operation calls its body
 */
export function readParameters(
	context: Context & Pick<IExecuteFunctions, 'getTimezone'>,
	itemIndex: number,
	now: Date,
	names = { bodyType: 'bodyType', body: 'body' },
): Parameters {
	const given = (name: string, fallback: NodeParameterValueType) =>
		context.getNodeParameter(name, itemIndex, fallback) as unknown;
	return {
		to: given('to', ''),
		subject: given('subject', ''),
		bodyType: given(names.bodyType, 'markdown'),
		body: given(names.body, ''),
		options: given('options', {}) as Options,
		timeZone: context.getTimezone(),
		now,
	};
}

/** Whether an AI model fills an address field: n8n stores `$fromAI(…)` in the parameter. */
export function isFilledByModel(context: Pick<IExecuteFunctions, 'getNode'>): boolean {
	const { to, options } = context.getNode().parameters;
	const { cc, bcc, replyTo } = (options ?? {}) as Record<string, unknown>;
	return [to, cc, bcc, replyTo].some(
		(typed) => typeof typed === 'string' && /\$fromAI\s*\(/i.test(typed),
	);
}
