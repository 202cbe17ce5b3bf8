/** What the designer reads beside each parameter; refusals and warnings name fields this way. */
export const FIELD_NAMES = {
	to: 'To',
	allowedRecipients: 'Allowed Recipients',
	cc: 'CC',
	bcc: 'BCC',
	replyTo: 'Reply To',
	from: 'From',
	subject: 'Subject',
	bodyType: 'Body Type',
	body: 'Body',
	importance: 'Importance',
	sensitivity: 'Sensitivity',
	categories: 'Categories',
	headers: 'Custom Headers',
	readReceipt: 'Read Receipt',
	deliveryReceipt: 'Delivery Receipt',
	saveToSentItems: 'Save to Sent Items',
	followUp: 'Follow-Up',
	deferUntil: 'Defer Until',
} as const;

export type MailField = keyof typeof FIELD_NAMES;

/** The fields that hold addresses, all of one grammar. */
export type AddressField = 'to' | 'cc' | 'bcc' | 'replyTo' | 'from';

/** The `options` collection as n8n hands it over; options of other folders are in it too. */
export type Options = Partial<
	Record<Exclude<MailField, 'to' | 'subject' | 'bodyType' | 'body'>, unknown>
> & {
	[others: string]: unknown;
};

/** One email's parameters, after expressions: any shape that an expression can give. */
export interface Parameters {
	to: unknown;
	subject: unknown;
	bodyType: unknown;
	body: unknown;
	options: Options;
	/** IANA name of the workflow's time zone, such as `Europe/Berlin`. */
	timeZone: string;
	now: Date;
	/** An answer has the subject of what it answers; a reply has its recipients, too. */
	answers?: 'reply' | 'forward';
}
