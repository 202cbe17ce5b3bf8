import type { Message } from '@microsoft/microsoft-graph-types';

import type { RecipientGuard } from './allowedRecipients';
import type { Refusal, Warning } from './issues';

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
	/** Reads from the start, each time anew. A chunk is valid until the next one is asked for. */
	read(): AsyncIterable<Uint8Array>;
}

/** An email, or every reason why there is none. */
export type Composition = {
	/** The body as HTML, also of an email that is refused; empty for a text body. */
	html: string;
	warnings: Warning[];
} & ({ mail: Mail; refusals: [] } | { mail?: undefined; refusals: [Refusal, ...Refusal[]] });
