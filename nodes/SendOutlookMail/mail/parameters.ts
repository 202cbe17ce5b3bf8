/**
 * The `options` collection as n8n hands it over. It also holds options that other
 * folders read: attachments, send-once, pacing.
 */
export interface Options {
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
	[others: string]: unknown;
}

/** One mail's parameters, after expressions: any shape that an expression can give. */
export interface Parameters {
	to: unknown;
	subject: unknown;
	bodyType: unknown;
	body: unknown;
	options: Options;
	/** IANA name of the workflow's time zone, such as `Europe/Berlin`. */
	timeZone: string;
	now: Date;
}
