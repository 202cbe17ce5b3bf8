import type { Message } from '@microsoft/microsoft-graph-types';

/**
 * The `options` collection as n8n hands it over. Keys that other rooms read (attachments,
 * send-once, pacing) may be present; this room ignores them.
 */
export interface MailOptions {
	bcc?: unknown;
	cc?: unknown;
	replyTo?: unknown;
	from?: unknown;
	importance?: unknown;
	sensitivity?: unknown;
	categories?: unknown;
	/** n8n's fixed collection `{header: [{name, value}]}`, or `{name: value}` from an expression. */
	headers?: unknown;
	readReceipt?: unknown;
	deliveryReceipt?: unknown;
	saveToSentItems?: unknown;
	/** n8n's fixed collection `{flag: {startDate, dueDate}}`, or `{startDate, dueDate}`. */
	followUp?: unknown;
	/** A date and time, with an offset or in the workflow's time zone. */
	deferUntil?: unknown;
	[otherRooms: string]: unknown;
}

/** One mail's parameters, after expressions: any shape that an expression can give. */
export interface MailParameters {
	to: unknown;
	subject: unknown;
	bodyType: unknown;
	body: unknown;
	options: MailOptions;
	/** IANA name of the workflow's time zone, such as `Europe/Berlin`. */
	timeZone: string;
	now: Date;
}

/** One thing that cannot be sent, in the designer's words. Never holds the mail's body. */
export interface FieldRefusal {
	/** The field as the designer sees it: `To`, `Custom Headers`. */
	field: string;
	/** The parameter's name: `to`, `headers`. */
	parameter: string;
	/** Which entry of a list, counted from 1. */
	position?: number;
	/** The entry itself, on one line and shortened. */
	value?: string;
	/** What is the matter: one sentence. */
	cause: string;
	/** What to do about it: one sentence or two. */
	remedy: string;
}

/** Something that can be sent, but is likely not what the designer meant. */
export interface MailWarning {
	field: string;
	parameter: string;
	text: string;
}

export interface ComposedMail {
	/** Ready for JSON; attachments are added later. */
	message: Message;
	saveToSentItems: boolean;
	/** Bare addresses, without duplicates, as they are sent. */
	recipients: { to: string[]; cc: string[]; bcc: string[] };
}

/** A mail, or every reason why there is none. */
export type Composition =
	| { mail: ComposedMail; warnings: MailWarning[]; refusals: [] }
	| {
			mail?: undefined;
			warnings: MailWarning[];
			refusals: [FieldRefusal, ...FieldRefusal[]];
	  };
