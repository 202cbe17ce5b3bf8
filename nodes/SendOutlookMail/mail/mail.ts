import type { Message, Recipient } from '@microsoft/microsoft-graph-types';
import { definedEntries } from '../facts/json';
import { type RecipientGuard, guardOf, guardWarnings, refuseRecipients } from './allowedRecipients';
import type { Refusal, Warning } from './issues';
import type { Mailbox } from './address/mailbox';
import { readBody, readSubject } from './subjectAndBody';
import { MESSAGE_OPTIONS, readSwitch } from './options';
import type { Parameters } from './parameters';
import { notSet } from './parsed';
import { readAddresses, readFrom, readRecipients, toRecipient } from './recipients';
import { replyToWarnings } from './warnings';

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
	/** The input data field that holds it; of a file from an expression, its name or its place. */
	field: string;
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
	const { options, answers } = parameters;
	const recipients = readRecipients(
		{ to: parameters.to, cc: options.cc, bcc: options.bcc },
		{ isReply: answers === 'reply' },
	);
	const subject = answers ? notSet() : readSubject(parameters.subject);
	const body = readBody(parameters.bodyType, parameters.body);
	const from = readFrom(options.from);
	const replyTo = readAddresses('replyTo', options.replyTo);
	const saveToSentItems = readSwitch('saveToSentItems', options.saveToSentItems);
	const parts = Object.entries(MESSAGE_OPTIONS).map(([name, read]) =>
		read(options[name], parameters),
	);
	const parsed = [recipients, subject, body, from, replyTo, ...parts, saveToSentItems];
	const lists = { ...recipients.value!, replyTo: replyTo.value! };
	const guard = { ...account, ...guardOf(options, account.account) };
	const warnings = [
		...parsed.flatMap((one) => one.warnings),
		...guardWarnings(guard),
		...replyToWarnings(from.value, lists.replyTo),
	];
	const [refusal, ...others] = [
		...parsed.flatMap((one) => one.refusals),
		...refuseRecipients(lists, guard),
	];
	const html = body.value?.contentType === 'html' ? (body.value.content ?? '') : '';
	if (refusal) return { html, warnings, refusals: [refusal, ...others] };

	const { to, cc, bcc } = lists;
	const message: Message = {
		...definedEntries({
			subject: subject.value,
			body: body.value,
			toRecipients: toRecipients(to),
			ccRecipients: toRecipients(cc),
			bccRecipients: toRecipients(bcc),
			replyTo: toRecipients(lists.replyTo),
			from: from.value && toRecipient(from.value),
		}),
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

function toRecipients(mailboxes: Mailbox[]): Recipient[] | undefined {
	return mailboxes.length === 0 ? undefined : mailboxes.map(toRecipient);
}

function addresses(mailboxes: Mailbox[]): string[] {
	return mailboxes.map(({ address }) => address);
}
