import { code, type Table } from './table';

/** What a parameter takes from an expression. The test gives each value to the code that reads it. */
export interface Shapes {
	/** The parameter's name: `cc`, `deferUntil`. */
	name: string;
	/** As the designer reads it. */
	field: string;
	/** What an expression may give: as the page shows it, and the value itself. */
	values: ReadonlyArray<readonly [shown: string, value: unknown]>;
	/** Besides the examples, in words. */
	note?: string;
	/** What an expression means that gives nothing: null, undefined or an empty text. */
	nothing: string;
}

const JANE = { name: 'Doe, Jane', address: 'jane@example.com' };

const ADDRESSES: Shapes['values'] = [
	['"jane@example.com; Bob <bob@example.com>"', 'jane@example.com; Bob <bob@example.com>'],
	['["jane@example.com", "bob@example.com"]', ['jane@example.com', 'bob@example.com']],
	['{ name: "Doe, Jane", address: "jane@example.com" }', JANE],
	['[{ name, address }, …]', [JANE, { address: 'bob@example.com' }]],
];

const ADDRESS_NOTE = '`email` works instead of `address`; a list may also be JSON in a text';

const WORD_NOTE = 'in upper or lower case';

function words(...names: string[]): Shapes['values'] {
	return names.map((name) => [`"${name}"`, name] as const);
}

const SWITCH = {
	values: [
		['true', true],
		['false', false],
		['"true"', 'true'],
	],
	note: WORD_NOTE,
	nothing: 'refused',
} satisfies Partial<Shapes>;

/** Every field and option that takes an expression, in the order of the node. */
export const SHAPES: readonly Shapes[] = [
	{ name: 'to', field: 'To', values: ADDRESSES, note: ADDRESS_NOTE, nothing: 'refused' },
	{
		name: 'subject',
		field: 'Subject',
		values: [
			['"Welcome"', 'Welcome'],
			['2027', 2027],
			['true', true],
		],
		nothing: 'refused',
	},
	{
		name: 'bodyType',
		field: 'Body Type',
		values: words('markdown', 'html', 'text'),
		note: WORD_NOTE,
		nothing: 'refused',
	},
	{
		name: 'body',
		field: 'Body',
		values: [
			['"Dear Jane"', 'Dear Jane'],
			['2027', 2027],
		],
		nothing: 'null is refused, an empty text sends an empty body with a warning',
	},
	{
		name: 'allowedRecipients',
		field: 'Allowed Recipients',
		values: [
			['"contoso.example, jane@example.com"', 'contoso.example, jane@example.com'],
			['["*.contoso.example", "example.com"]', ['*.contoso.example', 'example.com']],
			['\'["example.com"]\'', '["example.com"]'],
		],
		nothing: 'nobody may receive the email',
	},
	{
		name: 'attachments',
		field: 'Attachments',
		values: [
			['"logo, contract"', 'logo, contract'],
			['"*"', '*'],
			['["logo", "contract"]', ['logo', 'contract']],
			['\'["logo"]\'', '["logo"]'],
		],
		note: 'entries of a list may be files: `{{ $("Make PDF").item.binary.data }}`',
		nothing: 'no files',
	},
	{ name: 'bcc', field: 'BCC', values: ADDRESSES, note: ADDRESS_NOTE, nothing: 'nobody' },
	{
		name: 'categories',
		field: 'Categories',
		values: [
			['"Onboarding, HR"', 'Onboarding, HR'],
			['["Onboarding", "HR"]', ['Onboarding', 'HR']],
			['\'["HR"]\'', '["HR"]'],
		],
		nothing: 'none',
	},
	{ name: 'cc', field: 'CC', values: ADDRESSES, note: ADDRESS_NOTE, nothing: 'nobody' },
	{
		name: 'headers',
		field: 'Custom Headers',
		values: [
			['{ "x-ticket": "4711" }', { 'x-ticket': '4711' }],
			['[{ name: "x-ticket", value: "4711" }]', [{ name: 'x-ticket', value: '4711' }]],
			['\'{"x-ticket": "4711"}\'', '{"x-ticket": "4711"}'],
		],
		nothing: 'none',
	},
	{
		name: 'deferUntil',
		field: 'Defer Until',
		values: [
			['"2027-06-01T09:00"', '2027-06-01T09:00'],
			['"2027-06-01T09:00:00+02:00"', '2027-06-01T09:00:00+02:00'],
			['$now.plus(1, "day")', { toMillis: () => Date.UTC(2027, 5, 1) }],
			['new Date(…)', new Date(Date.UTC(2027, 5, 1))],
		],
		nothing: 'not deferred',
	},
	{ name: 'deliveryReceipt', field: 'Delivery Receipt', ...SWITCH },
	{
		name: 'followUp',
		field: 'Follow-Up',
		values: [
			['{ dueDate: "2027-06-01" }', { dueDate: '2027-06-01' }],
			['{ startDate, dueDate }', { startDate: '2027-05-01', dueDate: '2027-06-01' }],
			['\'{"dueDate": "2027-06-01"}\'', '{"dueDate": "2027-06-01"}'],
		],
		note: 'each date as for Defer Until',
		nothing: 'no flag',
	},
	{
		name: 'from',
		field: 'From',
		values: [
			['"Contoso HR <hr@example.com>"', 'Contoso HR <hr@example.com>'],
			['{ name, address }', { name: 'Contoso HR', address: 'hr@example.com' }],
		],
		nothing: 'the linked mailbox, with a warning',
	},
	{
		name: 'importance',
		field: 'Importance',
		values: words('low', 'normal', 'high'),
		note: WORD_NOTE,
		nothing: 'not set',
	},
	{
		name: 'language',
		field: 'Language',
		values: words('en', 'de'),
		note: WORD_NOTE,
		nothing: '`en`',
	},
	{
		name: 'messagesPerMinute',
		field: 'Messages per Minute',
		values: [
			['30', 30],
			['"30"', '30'],
		],
		nothing: 'as fast as the mailbox allows, as with `0` and everything that is no number',
	},
	{
		name: 'onUnknownOutcome',
		field: 'On Unknown Outcome',
		values: words('fail', 'retry'),
		nothing: '`fail`, as with everything but `retry`',
	},
	{
		name: 'previewOnly',
		field: 'Preview Only',
		values: [
			['true', true],
			['false', false],
		],
		nothing: '`false`, as with everything but `true`',
	},
	{ name: 'readReceipt', field: 'Read Receipt', ...SWITCH },
	{ name: 'replyTo', field: 'Reply To', values: ADDRESSES, note: ADDRESS_NOTE, nothing: 'nobody' },
	{ name: 'saveToSentItems', field: 'Save to Sent Items', ...SWITCH },
	{
		name: 'sendOnceForget',
		field: 'Send Once Forget Key',
		values: [
			['true', true],
			['false', false],
		],
		nothing: '`false`, as with everything but `true`',
	},
	{
		name: 'sendOnceKey',
		field: 'Send Once Key',
		values: [
			['"4711-welcome"', '4711-welcome'],
			['4711', 4711],
		],
		nothing: 'refused',
	},
	{
		name: 'sensitivity',
		field: 'Sensitivity',
		values: words('normal', 'personal', 'private', 'confidential'),
		note: WORD_NOTE,
		nothing: 'not set',
	},
	{
		name: 'simultaneous',
		field: 'Simultaneous Emails',
		values: [
			['2', 2],
			['"2"', '2'],
		],
		note: 'below 1 means 1, above 4 means 4',
		nothing: '4, as with `0` and everything that is no number',
	},
	{
		name: 'messageId',
		field: 'Message ID',
		values: [['"AAMkAGI2TG93AAA="', 'AAMkAGI2TG93AAA=']],
		nothing: 'refused',
	},
	{
		name: 'replyMode',
		field: 'Reply Mode',
		values: words('reply', 'replyAll', 'forward'),
		note: WORD_NOTE,
		nothing: 'refused',
	},
	{
		name: 'responseType',
		field: 'Response Type',
		values: words('approval', 'freeText'),
		note: WORD_NOTE,
		nothing: 'refused',
	},
	{
		name: 'choices',
		field: 'Choices',
		values: [
			[
				'[{ label: "Yes", value: "yes", meaning: "approved" }, …]',
				[{ label: 'Yes', value: 'yes', meaning: 'approved' }, { label: 'No' }],
			],
			['\'[{"label": "Yes"}]\'', '[{"label": "Yes"}]'],
		],
		note: 'without `value` the label counts, without `meaning` it is `neither`',
		nothing: 'Approve and Decline; an empty text is refused',
	},
	{
		name: 'requireComment',
		field: 'Require Comment',
		values: words('never', 'declined', 'always'),
		note: WORD_NOTE,
		nothing: '`declined`',
	},
	{
		name: 'confirmation',
		field: 'Confirmation',
		values: words('button', 'code'),
		note: WORD_NOTE,
		nothing: '`button`',
	},
	{
		name: 'deadline',
		field: 'Deadline',
		values: [
			['{ amount: 2, unit: "days" }', { amount: 2, unit: 'days' }],
			['48', 48],
		],
		note: 'a number alone means hours',
		nothing: 'waits without end',
	},
];

/** What an expression may give for each field. */
export function shapeTable(): Table {
	return {
		head: ['Field', 'An expression may give', 'An expression that gives nothing'],
		rows: SHAPES.map((shapes) => [shapes.field, given(shapes), shapes.nothing]),
	};
}

/** In full the first time; fields that read the same refer to that one. */
function given({ name, values, note }: Shapes): string {
	const first = SHAPES.find((other) => other.values === values)!;
	if (first.name !== name) return `as for ${first.field}`;
	return [values.map(([shown]) => code(shown)).join(', '), note].filter(Boolean).join('; ');
}
