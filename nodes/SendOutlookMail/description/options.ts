import type { INodeProperties } from 'n8n-workflow';

const ADDRESS_LIST_PLACEHOLDER = 'e.g. "Doe, Jane" <jane@example.com>';

/** Every option of every operation, sorted by display name as n8n asks. */
const OPTIONS: INodeProperties[] = [
	{
		displayName: 'Allowed Recipients',
		name: 'allowedRecipients',
		type: 'string',
		default: '',
		placeholder: 'e.g. contoso.example, *.contoso.example, jane@fabrikam.example',
		hint: 'Guards a node whose recipients come from an AI model or from outside',
		description:
			'Domains and addresses, separated by commas. Unless every recipient in To, CC, BCC and Reply To matches one of them, nothing is sent. <code>contoso.example</code> means that domain alone, <code>*.contoso.example</code> its subdomains. If the credential has a list too, both must allow a recipient.',
	},
	{
		displayName: 'Attachments',
		name: 'attachments',
		type: 'string',
		default: '',
		placeholder: 'e.g. logo, contract',
		hint: 'The names of the input data fields that hold the files',
		description:
			'Input data field names, separated by commas, or * for all files of the item. An expression may give an array. An image that the body shows by field or file name, such as <code>![](cid:logo)</code> in Markdown or <code>&lt;img src="cid:logo"&gt;</code> in HTML, is shown in its place; every other file is attached.',
	},
	{
		displayName: 'BCC',
		name: 'bcc',
		type: 'string',
		default: '',
		placeholder: ADDRESS_LIST_PLACEHOLDER,
		description: 'Recipients that the others do not see. Same form as To.',
	},
	{
		displayName: 'Categories',
		name: 'categories',
		type: 'string',
		default: '',
		placeholder: 'e.g. Onboarding, HR',
		description: 'Outlook categories of the copy in Sent Items, separated by commas',
	},
	{
		displayName: 'CC',
		name: 'cc',
		type: 'string',
		default: '',
		placeholder: ADDRESS_LIST_PLACEHOLDER,
		description: 'Recipients of a copy. Same form as To.',
	},
	{
		displayName: 'Custom Headers',
		name: 'headers',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add header',
		default: {},
		description: 'Up to five headers of the email. Each name begins with x-.',
		options: [
			{
				displayName: 'Header',
				name: 'header',
				values: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						placeholder: 'e.g. x-onboarding-batch',
					},
					{ displayName: 'Value', name: 'value', type: 'string', default: '' },
				],
			},
		],
	},
	{
		displayName: 'Defer Until',
		name: 'deferUntil',
		type: 'dateTime',
		default: '',
		description:
			'When Exchange delivers the email. Until then it waits in Drafts or in the Outbox. Without an offset, the time is in the time zone of the workflow.',
	},
	{
		displayName: 'Delivery Receipt',
		name: 'deliveryReceipt',
		type: 'boolean',
		default: false,
		description: 'Whether to ask for a receipt when the email arrives in the mailbox',
	},
	{
		displayName: 'Follow-Up',
		name: 'followUp',
		type: 'fixedCollection',
		placeholder: 'Add follow-up flag',
		default: {},
		description: 'Flags the email for follow-up',
		options: [
			{
				displayName: 'Flag',
				name: 'flag',
				values: [
					{
						displayName: 'Due Date',
						name: 'dueDate',
						type: 'dateTime',
						default: '',
						description: 'When the follow-up is to be done',
					},
					{
						displayName: 'Start Date',
						name: 'startDate',
						type: 'dateTime',
						default: '',
						description: 'When the follow-up begins',
					},
				],
			},
		],
	},
	{
		displayName: 'From',
		name: 'from',
		type: 'string',
		default: '',
		placeholder: 'e.g. hr@example.com',
		description:
			'A shared mailbox, or the mailbox of a person who granted Send As or Send on Behalf to the linked account. Needs the Mail.Send.Shared permission.',
	},
	{
		displayName: 'Importance',
		name: 'importance',
		type: 'options',
		options: [
			{ name: 'High', value: 'high' },
			{ name: 'Low', value: 'low' },
			{ name: 'Normal', value: 'normal' },
		],
		default: 'normal',
		description: 'How urgent Outlook shows the email to be: low, normal or high',
	},
	{
		displayName: 'Language',
		name: 'language',
		type: 'options',
		options: [
			{ name: 'English', value: 'en' },
			{ name: 'German', value: 'de' },
		],
		default: 'en',
		description:
			"The language of the email's own words. The page follows the language of the reader's browser.",
	},
	{
		displayName: 'Messages per Minute',
		name: 'messagesPerMinute',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 30,
		description:
			'How many emails start per minute, evenly spread. Exchange Online delivers 30 a minute from one mailbox and delays the rest. 0 means as fast as the mailbox allows. Taken from the first item.',
	},
	{
		displayName: 'On Unknown Outcome',
		name: 'onUnknownOutcome',
		type: 'options',
		options: [
			{
				name: 'Stop This Email',
				value: 'fail',
				description: 'Never sends an email twice; tells you to check Sent Items first',
			},
			{ name: 'Retry', value: 'retry', description: 'Sends it again; the email may arrive twice' },
		],
		default: 'fail',
		description:
			'What to do when the connection breaks, or Microsoft answers 500, 502 or 504, after the request was sent: Outlook may have accepted the email',
	},
	{
		displayName: 'Preview Only',
		name: 'previewOnly',
		type: 'boolean',
		default: false,
		description:
			'Whether to show the email and the page without asking anyone and without a linked account: they are the files <code>preview</code> and <code>page</code> of the output. The workflow goes on at once, with status <code>preview</code>.',
	},
	{
		displayName: 'Read Receipt',
		name: 'readReceipt',
		type: 'boolean',
		default: false,
		description: 'Whether to ask for a receipt when the email is opened',
	},
	{
		displayName: 'Reply To',
		name: 'replyTo',
		type: 'string',
		default: '',
		placeholder: ADDRESS_LIST_PLACEHOLDER,
		description: 'Where answers go instead of the sender. Same form as To.',
	},
	{
		displayName: 'Save to Sent Items',
		name: 'saveToSentItems',
		type: 'boolean',
		default: true,
		description: 'Whether to keep a copy of the email in Sent Items',
	},
	{
		displayName: 'Send Once Forget Key',
		name: 'sendOnceForget',
		type: 'boolean',
		default: false,
		description:
			'Whether to forget the Send Once Key of this item first, so that its email is sent again. Turn it off after that run.',
	},
	{
		displayName: 'Send Once Key',
		name: 'sendOnceKey',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.employeeId }}-welcome',
		description:
			'A text that is different for each email. An email whose key this node has sent before is not sent again, also in later executions and after a restart of n8n.',
	},
	{
		displayName: 'Sensitivity',
		name: 'sensitivity',
		type: 'options',
		options: [
			{ name: 'Confidential', value: 'confidential' },
			{ name: 'Normal', value: 'normal' },
			{ name: 'Personal', value: 'personal' },
			{ name: 'Private', value: 'private' },
		],
		default: 'normal',
		description:
			'How Outlook marks the email: normal, personal, private or confidential. It keeps nobody from reading it.',
	},
	{
		displayName: 'Simultaneous Emails',
		name: 'simultaneous',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 4 },
		default: 4,
		description:
			'How many emails may be in flight at once. Graph serves one mailbox at most four requests at a time, whichever workflow they come from. Taken from the first item.',
	},
];

/** With Send and Preview: all but what only a question has. */
const NOT_WITH_MAIL = ['language', 'previewOnly'];

/** With a reply: what Graph takes with one, and what the node looks after itself. */
const WITH_REPLY = [
	'allowedRecipients',
	'attachments',
	'bcc',
	'categories',
	'cc',
	'from',
	'importance',
	'messagesPerMinute',
	'onUnknownOutcome',
	'sendOnceForget',
	'sendOnceKey',
	'simultaneous',
];

/** With a question; some of them mean something else there. */
const WITH_QUESTION: Readonly<Record<string, Partial<INodeProperties>>> = {
	allowedRecipients: {},
	attachments: {
		description:
			'Input data field names, separated by commas, or * for all files of the item. Every email carries them; the page does not show them.',
	},
	categories: {},
	cc: {
		description:
			'People who get the message for information, in an email without a link. Same form as To.',
	},
	from: {},
	importance: {},
	language: {},
	previewOnly: {},
	sendOnceKey: {
		placeholder: 'e.g. {{ $json.employeeId }}-access',
		description:
			'A text that is different for each question. A question whose key this node has asked before is not asked again: the output has status <code>alreadySent</code>, and the workflow goes on at once.',
	},
};

/** One *Options* field for each kind of email that an operation sends. */
export const optionFields: INodeProperties[] = [
	field(
		['send', 'preview'],
		OPTIONS.filter(({ name }) => !NOT_WITH_MAIL.includes(name)),
	),
	field(
		['reply'],
		OPTIONS.filter(({ name }) => WITH_REPLY.includes(name)),
	),
	field(
		['sendAndWait'],
		OPTIONS.flatMap((option) => {
			const inQuestion = WITH_QUESTION[option.name];
			return inQuestion ? [{ ...option, ...inQuestion }] : [];
		}),
	),
];

function field(operation: string[], options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show: { operation } },
		options,
	};
}
