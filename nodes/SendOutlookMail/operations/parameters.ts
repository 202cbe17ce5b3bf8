import type { IExecuteFunctions, NodeParameterValueType } from 'n8n-workflow';
import { CREDENTIAL_TYPES, type Application } from '../account/application';
import { nameLinkedApp, readLinkedAccount, type LinkedAccount } from '../account/linkedAccount';
import { unlinkedSenderRights } from '../account/permissions';
import type { Job } from '../delivery/job';
import { explainAccount } from '../explain/account';
import type { Failure } from '../facts/failure';
import { type Refusal } from '../mail/issues';
import type { Options, Parameters } from '../mail/parameters';
import { notSet, read, type Parsed, refuse } from '../mail/parsed';

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

/** When an email may be sent again. */
export type Repetition = Required<Pick<Job, 'once' | 'onUnknownOutcome'>>;

/** From the options of one item; the refusals are of its key. */
export function readRepetition(options: Options): { repetition: Repetition; refusals: Refusal[] } {
	const { value: key, refusals } = readSendOnceKey(options);
	const once = key === undefined ? undefined : { key, forget: options.sendOnceForget === true };
	const onUnknownOutcome = options.onUnknownOutcome === 'retry' ? 'retry' : 'fail';
	return { repetition: { once, onUnknownOutcome }, refusals };
}

/**
 * An option that is there but empty is not the same as none: its email would be sent again and again.
 */
function readSendOnceKey(options: Options): Parsed<string> {
	if (!Object.hasOwn(options, 'sendOnceKey')) return notSet();
	const { sendOnceKey } = options;
	const text = Number.isFinite(sendOnceKey) ? String(sendOnceKey) : (sendOnceKey ?? '');
	if (typeof text !== 'string') {
		return refuse('sendOnceKey', {
			cause: 'The key is neither a text nor a number',
			remedy: 'Let the expression pick one value, such as {{ $json.employeeId }}.',
		});
	}
	if (text.trim() !== '') return read(text.trim());
	return refuse('sendOnceKey', {
		cause: 'The key is empty',
		remedy:
			'Let the expression give a text or a number that is different for each email, such as {{ $json.employeeId }}-welcome, or remove the option.',
	});
}

/** How fast a run may go. */
export interface Speed {
	/** How many emails may be in flight at once, 1 to 4. */
	simultaneous: number;
	/** None: as fast as the mailbox allows. */
	messagesPerMinute?: number;
}

/** The most that the field offers; Graph serves no more requests at a time. */
const MOST_SIMULTANEOUS = 4;

/** NaN for what is neither a number nor a text: an object from an expression may not convert. */
function numberOf(value: unknown): number {
	return ['number', 'string'].includes(typeof value) ? Number(value) : Number.NaN;
}

/** From the options of one item: what concerns the whole run. */
export function readSpeed(options: Options): Speed {
	const simultaneous = Math.trunc(numberOf(options.simultaneous)) || MOST_SIMULTANEOUS;
	const messagesPerMinute = numberOf(options.messagesPerMinute);
	return {
		simultaneous: Math.min(Math.max(simultaneous, 1), MOST_SIMULTANEOUS),
		...(messagesPerMinute > 0 ? { messagesPerMinute } : {}),
	};
}
