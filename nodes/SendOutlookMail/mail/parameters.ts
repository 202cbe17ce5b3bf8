/** What the designer reads beside each parameter; refusals and warnings name fields this way. */
export const FIELD_NAMES = {
	to: 'To',
	attachments: 'Attachments',
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
	sendOnceKey: 'Send Once Key',
	messageId: 'Message ID',
	replyMode: 'Reply Mode',
	message: 'Message',
	messageType: 'Message Type',
	responseType: 'Response Type',
	choices: 'Choices',
	requireComment: 'Require Comment',
	confirmation: 'Confirmation',
	deadline: 'Deadline',
	language: 'Language',
} as const;

export type MailField = keyof typeof FIELD_NAMES;

/** The fields that hold addresses, all of one grammar. */
export type AddressField = 'to' | 'cc' | 'bcc' | 'replyTo' | 'from';

/** The `options` collection as n8n hands it over; options of other folders are in it too. */
export type Options = Partial<Record<MailField, unknown>> & { [others: string]: unknown };

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

/**
 * The limits of an email, each with its source. *D*: stated by Microsoft's documents or an RFC;
 * *R*: reported by users of Graph.
 */
export const LIMITS = {
	/** RFC 5321 §4.5.3.1.1, in octets of UTF-8 (RFC 6531 §3.3). D */
	localPartOctets: 64,
	/** RFC 5321 §4.5.3.1.3: a path of 256 octets less its two angle brackets. D */
	addressOctets: 254,
	/** RFC 1035 §2.3.4, in octets of the ASCII form. D */
	domainLabelOctets: 63,
	/** RFC 1035 §2.3.4: 255 octets on the wire are 253 characters. D */
	domainOctets: 253,
	/** Exchange Online limits: recipients in To, CC and BCC together, by default. D */
	recipients: 500,
	/** Exchange Web Services, `Subject` element: 255 characters, that is UTF-16 code units. D */
	subjectCharacters: 255,
	/** MS-OXCMSG §2.2.1.17: each category is shorter than 256 characters. D */
	categoryCharacters: 255,
	/** Graph refuses more with `InvalidInternetMessageHeaderCollection`. R */
	headers: 5,
	/** RFC 5322 §2.1.1: a line, `name: value`, without its CRLF. D */
	headerLineOctets: 998,
	/** A rule of ours, so that no value keeps n8n busy for long. */
	markdownCharacters: 1_000_000,
	/** How deep lists may be nested in a list of addresses; a rule of ours, against endless ones. */
	nestedLists: 8,
} as const;
