import type { IExecuteFunctions } from 'n8n-workflow';
import { refuseForeignSender } from '../account/permissions';
import { textAsHtml } from '../mail/html';
import { readAttachments } from '../attachments/readAttachments';
import { planRoute, type RoutePlan } from '../attachments/route';
import type { Refusal, Warning } from '../mail/issues';
import { composeMessage, type Mail } from '../mail/mail';
import type { Parameters } from '../mail/parameters';
import { isFilledByModel, readParameters, type Sender } from './parameters';
import { readSendingOptions, type SendingOptions } from './sendingOptions';

/** An email as far as it can be made before anything leaves. */
export interface PreparedMail extends SendingOptions {
	/** Holds the email; undefined when a field other than the files cannot be sent. */
	plan: RoutePlan | undefined;
	/** Every reason why it can't be sent; none means that it can. */
	refusals: Refusal[];
	warnings: Warning[];
}

/** Tenants of the sign-in that let a personal account in. */
const TENANTS_WITH_PERSONAL_ACCOUNTS: readonly unknown[] = ['common', 'consumers'];

/**
 * From a designer's parameters to an email with its files and its route. Reads no file and does not
 * reach Microsoft.
 *
 * @throws what n8n throws for an expression that cannot be computed
 */
export async function prepareMail(
	context: IExecuteFunctions,
	itemIndex: number,
	now: Date,
	sender: Sender,
): Promise<PreparedMail> {
	const parameters = readParameters(context, itemIndex, now);
	return await prepareParameters(context, itemIndex, parameters, sender);
}

export type PrepareMail = typeof prepareMail;

/** @param finish makes of the composed email what is sent, before its route is planned */
export async function prepareParameters(
	context: IExecuteFunctions,
	itemIndex: number,
	parameters: Parameters,
	{ rights, allowedRecipients, tenant }: Sender,
	finish: (mail: Mail) => Mail = (mail) => mail,
): Promise<PreparedMail> {
	const { mail, ...message } = composeMessage(parameters, {
		account: allowedRecipients,
		filledByModel: isFilledByModel(context),
	});
	const composed = mail && finish(mail);
	const attachments = await readAttachments(context, itemIndex, {
		attachments: parameters.options.attachments,
		html: message.html,
	});
	const plan =
		composed &&
		planRoute(
			composed,
			attachments.files,
			rights,
			TENANTS_WITH_PERSONAL_ACCOUNTS.includes(tenant?.toLowerCase()),
		);
	const { refusals, ...sending } = readSendingOptions(parameters.options);
	const from = composed?.message.from?.emailAddress?.address ?? undefined;
	return {
		plan,
		refusals: [
			...message.refusals,
			...attachments.refusals,
			...refuseForeignSender(from, rights),
			...(plan?.refusals ?? []),
			...refusals,
		],
		warnings: [...message.warnings, ...attachments.warnings, ...(plan?.warnings ?? [])],
		...sending,
	};
}

/** The body as HTML, whichever type it has. */
export function htmlOf({ message: { body } }: Mail): string {
	const content = body?.content ?? '';
	return body?.contentType === 'html' ? content : textAsHtml(content);
}
