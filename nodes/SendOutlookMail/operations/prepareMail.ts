import type { IExecuteFunctions } from 'n8n-workflow';
import { planTravel, type TravelPlan } from '../attachments/planTravel';
import { readAttachments } from '../attachments/readAttachments';
import type { LoadedMail } from '../attachments/toJob';
import { refuseForeignSender } from '../account/refuseForeignSender';
import type { SenderRights } from '../account/senderRights';
import { isFilledByModel, readParameters } from './parameters';
import { composeMessage } from '../mail/composeMessage';
import type { Mail } from '../mail/mail';
import type { Refusal, Warning } from '../mail/issues';
import type { Parameters } from '../mail/parameters';

/** A mail as far as it can be made before anything leaves. */
export interface PreparedMail {
	/** Undefined when a field other than the files cannot be sent. */
	composed: Mail | undefined;
	plan: TravelPlan | undefined;
	/** Everything that stands in the way; none means that the mail can go. */
	refusals: Refusal[];
	warnings: Warning[];
	/** The item's options as n8n evaluated them. */
	options: Parameters['options'];
}

/**
 * From a designer's parameters to a mail with its files and the way that they travel. Reads no file
 * and reaches no network of Microsoft's.
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
		html: htmlOf(parameters),
	});
	const plan = composed && planTravel(composed, attachments.files, rights);
	const from = composed?.message.from?.emailAddress?.address ?? undefined;
	return {
		composed,
		plan,
		refusals: [
			...message.refusals,
			...attachments.refusals,
			...refuseForeignSender(from, rights),
			...(plan?.refusals ?? []),
		],
		options: parameters.options,
		warnings: [...message.warnings, ...attachments.warnings, ...(plan?.warnings ?? [])],
	};
}

/** A prepared mail that nothing stands in the way of. */
export function loadedMail({
	composed,
	plan,
}: Pick<PreparedMail, 'composed' | 'plan'>): (Mail & LoadedMail) | undefined {
	return composed && plan && { ...composed, load: { route: plan.route, files: plan.files } };
}

/** Images are looked for in the body as typed, so that they are named even when To is refused. */
function htmlOf({ bodyType, body }: Parameters): string {
	return bodyType === 'text' || typeof body !== 'string' ? '' : body;
}
