import type { Message } from '@microsoft/microsoft-graph-types';
import { type RecipientGuard, guardWarnings, refuseRecipients } from './allowedRecipients';
import type { Refusal, Warning } from './issues';
import type { Mailbox } from './address/mailbox';
import { readBody, readSubject } from './subjectAndBody';
import { MESSAGE_OPTIONS, readSwitch } from './options';
import type { Parameters } from './parameters';
import { notSet } from './parsed';
import { readFrom, readRecipients, readReplyTo, toRecipient } from './recipients';
import { addressWarnings, replyToWarnings, subjectWarnings } from './warnings';

/** One email, from the checked parameters to the request. */
export interface Mail {
	/** Ready for JSON, without its files. */
	message: Message;
	saveToSentItems: boolean;
	/** Bare addresses, without duplicates, as they are sent. */
	recipients: { to: string[]; cc: string[]; bcc: string[] };
	/** What it answers; Graph then adds the subject, the history and the recipients of a reply. */
	answer?: MailAnswer;
	/** Set by attachments. */
	files?: readonly MailFile[];
	/** Set by attachments: in one request, or as a draft that is filled and then sent. */
	route?: 'sendMail' | 'draft';
}

export interface MailAnswer {
	/** Graph's ID of the message in the linked mailbox. */
	messageId: string;
	mode: 'reply' | 'replyAll' | 'forward';
	/** HTML above the history. */
	comment: string;
	/** Lists that the recipients of a reply, which Graph takes from the original, must match. */
	guard?: RecipientGuard;
}

/** A file as the email carries it. */
export interface MailFile {
	name: string;
	contentType: string;
	/** Bytes. */
	size: number;
	isInline: boolean;
	/** Only if inline: exactly what follows `cid:` in the body. */
	contentId?: string;
	/** How it gets to Graph: with the email, in a request of its own, or in ranges. */
	travels: 'inRequest' | 'ownRequest' | 'uploadSession';
	/**
	 * Reads from the start, each time again. A chunk is valid until the next one is asked for. Throws
	 * `UnreadableFile`, also while it is read.
	 */
	read(): AsyncIterable<Uint8Array>;
}

/** An email, or every reason why there is none. */
export type Composition = {
	/** The body as HTML, also of an email that is refused; empty for a text body. */
	html: string;
	warnings: Warning[];
} & ({ mail: Mail; refusals: [] } | { mail?: undefined; refusals: [Refusal, ...Refusal[]] });

/**
 * Turns a designer's parameters into a message for Graph, or says of every field why it cannot.
 *
 * Pure: no clock, no network, nothing of n8n, and nothing that it is given is changed. Never throws
 * for what parameters hold. All refusals come at once, in the order of the fields in the node.
 *
 * @param account what the credential says about recipients, and who fills them in
 */
export function composeMessage(
	parameters: Parameters,
	account: Pick<RecipientGuard, 'account' | 'filledByModel'> = {},
): Composition {
	const { options } = parameters;
	const parsed = {
		recipients: readRecipients(
			{ to: parameters.to, cc: options.cc, bcc: options.bcc },
			{ isReply: parameters.answers === 'reply' },
		),
		subject: parameters.answers ? notSet() : readSubject(parameters.subject),
		body: readBody(parameters.bodyType, parameters.body),
		from: readFrom(options.from),
		replyTo: readReplyTo(options.replyTo),
	};
	const saveToSentItems = readSwitch('saveToSentItems', options.saveToSentItems);
	const parts = Object.entries(MESSAGE_OPTIONS).map(([name, read]) =>
		read(options[name], parameters),
	);
	const { recipients, subject, body, from, replyTo } = parsed;
	const { to = [], cc = [], bcc = [] } = recipients.value ?? {};
	const all = [...Object.values(parsed), ...parts, saveToSentItems];
	const guard: RecipientGuard = {
		...account,
		// Set, and an expression gave nothing: a list that cannot be read, not no list.
		...('allowedRecipients' in options ? { node: options.allowedRecipients ?? null } : {}),
	};
	const warnings = [
		...all.flatMap((one) => one.warnings),
		...guardWarnings(guard),
		...(subject.value === undefined ? [] : subjectWarnings(subject.value)),
		...replyToWarnings(from.value, replyTo.value ?? []),
		...addressWarnings('to', to),
		...addressWarnings('cc', cc),
		...addressWarnings('bcc', bcc),
		...addressWarnings('replyTo', replyTo.value ?? []),
		...addressWarnings('from', from.value ? [from.value] : []),
	];
	const [refusal, ...others]: Refusal[] = [
		...all.flatMap((one) => one.refusals),
		...refuseRecipients({ to, cc, bcc, replyTo: replyTo.value ?? [] }, guard),
	];
	const html = body.value?.contentType === 'html' ? (body.value.content ?? '') : '';
	if (refusal) return { html, warnings, refusals: [refusal, ...others] };

	const message: Message = {
		...(subject.value === undefined ? {} : { subject: subject.value }),
		body: body.value!,
		...(parameters.answers === 'reply' ? {} : { toRecipients: to.map(toRecipient) }),
		...listed('ccRecipients', cc),
		...listed('bccRecipients', bcc),
		...listed('replyTo', replyTo.value ?? []),
		...(from.value && { from: toRecipient(from.value) }),
		...merge(parts.map(({ value }) => value ?? {})),
	};
	return {
		mail: {
			message,
			// Graph's own default for sendMail.
			saveToSentItems: saveToSentItems.value ?? true,
			recipients: { to: addresses(to), cc: addresses(cc), bcc: addresses(bcc) },
		},
		html,
		warnings,
		refusals: [],
	};
}

/** Two options can be extended properties: their lists become one. */
function merge(parts: Array<Partial<Message>>): Partial<Message> {
	const extended = parts.flatMap((part) => part.singleValueExtendedProperties ?? []);
	const merged: Partial<Message> = Object.assign({}, ...parts);
	return extended.length === 0 ? merged : { ...merged, singleValueExtendedProperties: extended };
}

function listed(
	key: 'ccRecipients' | 'bccRecipients' | 'replyTo',
	mailboxes: Mailbox[],
): Partial<Message> {
	return mailboxes.length === 0 ? {} : { [key]: mailboxes.map(toRecipient) };
}

function addresses(mailboxes: Mailbox[]): string[] {
	return mailboxes.map(({ address }) => address);
}
