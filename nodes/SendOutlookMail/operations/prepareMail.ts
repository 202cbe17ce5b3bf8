import type { IExecuteFunctions } from 'n8n-workflow';
import { refuseForeignSender } from '../account/refuseForeignSender';
import type { SenderRights } from '../account/senderRights';
import { readAttachments } from '../attachments/readAttachments';
import { planRoute, type RoutePlan } from '../attachments/route';
import { composeMessage } from '../mail/composeMessage';
import type { Refusal, Warning } from '../mail/issues';
import type { Mail } from '../mail/mail';
import type { Options } from '../mail/parameters';
import { isFilledByModel, readParameters } from './parameters';

/** An email as far as it can be made before anything leaves. */
export interface PreparedMail {
	/** Undefined when a field other than the files cannot be sent. */
	mail: Mail | undefined;
	plan: RoutePlan | undefined;
	/** Every reason why it can't be sent; none means that it can. */
	refusals: Refusal[];
	warnings: Warning[];
	/** The item's options as n8n evaluated them. */
	options: Options;
}

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
	{ rights, allowedRecipients }: { rights: SenderRights; allowedRecipients?: unknown },
): Promise<PreparedMail> {
	const parameters = readParameters(context, itemIndex, now);
	const { mail: composed, ...message } = composeMessage(parameters, {
		account: allowedRecipients,
		filledByModel: isFilledByModel(context),
	});
	const attachments = await readAttachments(context, itemIndex, {
		attachments: parameters.options.attachments,
		html: message.html,
	});
	const plan = composed && planRoute(composed, attachments.files, rights);
	const from = composed?.message.from?.emailAddress?.address ?? undefined;
	return {
		mail: composed && plan && { ...composed, files: plan.files, route: plan.route },
		plan,
		refusals: [
			...message.refusals,
			...attachments.refusals,
			...refuseForeignSender(from, rights),
			...(plan?.refusals ?? []),
		],
		warnings: [...message.warnings, ...attachments.warnings, ...(plan?.warnings ?? [])],
		options: parameters.options,
	};
}
