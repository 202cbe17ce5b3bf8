import type { Message } from '@microsoft/microsoft-graph-types';

import { composeMessage } from '#node/mail/mail';
import type { Options } from '#node/mail/parameters';
import { compose, composed, parameters, refusalsOf } from './parameters';

const PLAIN = {
	subject: 'Welcome',
	body: { contentType: 'html', content: '<p>Hello Jane</p>' },
	toRecipients: [{ emailAddress: { address: 'jane@example.com' } }],
} satisfies Message;

const ANN = { emailAddress: { address: 'ann@example.com', name: 'Doe, Ann' } };
const BOB = { emailAddress: { address: 'bob@example.com' } };

/** Every option with a value, what it makes of the message, and what of the rest of the mail. */
const OPTIONS: Array<{ options: Options; message: Message; save?: false }> = [
	{ options: { cc: '"Doe, Ann" <ann@example.com>' }, message: { ccRecipients: [ANN] } },
	{ options: { bcc: ['bob@example.com'] }, message: { bccRecipients: [BOB] } },
	{
		options: { replyTo: '"Doe, Ann" <ann@example.com>; bob@example.com' },
		message: { replyTo: [ANN, BOB] },
	},
	{
		options: { from: { name: 'People Team', address: 'people@example.com' } },
		message: { from: { emailAddress: { address: 'people@example.com', name: 'People Team' } } },
	},
	{ options: { importance: 'high' }, message: { importance: 'high' } },
	{
		options: { sensitivity: 'confidential' },
		message: { singleValueExtendedProperties: [{ id: 'Integer 0x36', value: '3' }] },
	},
	{
		options: { categories: 'Onboarding, HR' },
		message: { categories: ['Onboarding', 'HR'] },
	},
	{
		options: { headers: { header: [{ name: 'x-ticket', value: '4711' }] } },
		message: { internetMessageHeaders: [{ name: 'x-ticket', value: '4711' }] },
	},
	{ options: { readReceipt: true }, message: { isReadReceiptRequested: true } },
	{ options: { deliveryReceipt: 'true' }, message: { isDeliveryReceiptRequested: true } },
	{ options: { saveToSentItems: false }, message: {}, save: false },
	{
		options: {
			followUp: { flag: { startDate: '2026-03-09T00:00:00', dueDate: '2026-03-10T00:00:00' } },
		},
		message: {
			flag: {
				flagStatus: 'flagged',
				startDateTime: { dateTime: '2026-03-09T00:00:00', timeZone: 'W. Europe Standard Time' },
				dueDateTime: { dateTime: '2026-03-10T00:00:00', timeZone: 'W. Europe Standard Time' },
			},
		},
	},
	{
		options: { deferUntil: '2026-03-09T09:00:00' },
		message: {
			singleValueExtendedProperties: [{ id: 'SystemTime 0x3FEF', value: '2026-03-09T08:00:00Z' }],
		},
	},
];

const ALONE = OPTIONS.map((option) => [option] as const);
const PAIRS = OPTIONS.flatMap((one, index) =>
	OPTIONS.slice(index + 1).map((other) => [one, other] as const),
);
const named = (...options: Array<(typeof OPTIONS)[number]>) =>
	options.flatMap((option) => Object.keys(option.options)).join(' and ') || 'nothing';

function merged(...options: Array<(typeof OPTIONS)[number]>): Message {
	const properties = options.flatMap(
		(option) => option.message.singleValueExtendedProperties ?? [],
	);
	return Object.assign(
		{},
		PLAIN,
		...options.map((option) => option.message),
		properties.length > 0 ? { singleValueExtendedProperties: properties } : {},
	) as Message;
}

describe('the message', () => {
	it('of the plain parameters alone', () => {
		expect(compose()).toEqual({
			mail: {
				message: PLAIN,
				saveToSentItems: true,
				recipients: { to: ['jane@example.com'], cc: [], bcc: [] },
			},
			html: '<p>Hello Jane</p>',
			warnings: [],
			refusals: [],
		});
	});

	it.each([[], ...ALONE, ...PAIRS].map((options) => ({ name: named(...options), options })))(
		'with $name',
		({ options }) => {
			const mail = composed({ options: Object.assign({}, ...options.map((one) => one.options)) });
			expect(mail.message).toEqual(merged(...options));
			expect(mail.saveToSentItems).toBe(!options.some((one) => one.save === false));
			// What Graph gets is JSON; nothing may be lost on the way there.
			expect(JSON.parse(JSON.stringify(mail))).toEqual(mail);
		},
	);

	it('with every option at once', () => {
		const mail = composed({ options: Object.assign({}, ...OPTIONS.map((one) => one.options)) });
		expect(mail.message).toEqual(merged(...OPTIONS));
	});

	it('has nothing of options that other rooms read', () => {
		const options = { attachments: '*', sendOnceKey: 'k', simultaneous: 4, unheardOf: {} };
		expect(composed({ options }).message).toEqual(PLAIN);
	});

	it.each([undefined, null, '', '  '])('takes %j for an option that was not set', (blank) => {
		const keys = ['cc', 'bcc', 'replyTo', 'from', 'importance', 'sensitivity'];
		const more = ['categories', 'headers', 'followUp', 'deferUntil'];
		const options = Object.fromEntries([...keys, ...more].map((key) => [key, blank]));
		expect(composed({ options }).message).toEqual(PLAIN);
	});

	it('leaves its parameters as they were', () => {
		const given = parameters({
			to: [{ name: ' Jane ', address: ' jane@x ' }, ['jane@x']],
			options: Object.assign({}, ...OPTIONS.map((one) => one.options)),
		});
		const before = structuredClone(given);
		deepFreeze(given);
		composeMessage(given);
		expect(given).toEqual(before);
	});
});

describe('a composition that is refused', () => {
	it('says everything at once, in the order of the fields', () => {
		const refusals = refusalsOf({
			to: 'jane@example.com, nobody, a@b@c',
			subject: 'two\nlines',
			bodyType: 'rich',
			body: { secret: 'salary' },
			options: {
				cc: 'x',
				bcc: [null],
				from: 'a@x, b@y',
				replyTo: 5,
				importance: 'urgent',
				sensitivity: 'secret',
				categories: [{}],
				headers: { Subject: 'x' },
				readReceipt: 'yes',
				deliveryReceipt: 1,
				saveToSentItems: 'no',
				followUp: { startDate: '2026-03-09' },
				deferUntil: 'tomorrow',
			},
		});
		expect(refusals.map(({ field, position }) => [field, position])).toEqual([
			['To', 2],
			['To', 3],
			['CC', 1],
			['BCC', 1],
			['Subject', undefined],
			['Body Type', undefined],
			['Body', undefined],
			['From', undefined],
			['Reply To', 1],
			['Importance', undefined],
			['Sensitivity', undefined],
			['Categories', 1],
			['Custom Headers', 1],
			['Read Receipt', undefined],
			['Delivery Receipt', undefined],
			['Follow-Up', undefined],
			['Defer Until', undefined],
			['Save to Sent Items', undefined],
		]);
		expect(JSON.stringify(refusals)).not.toContain('salary');
	});

	it('still warns', () => {
		const { warnings } = compose({ to: 'nobody', subject: '{{ $json.title' });
		expect(warnings).toEqual([expect.objectContaining({ parameter: 'subject', field: 'Subject' })]);
	});
});

function deepFreeze(value: unknown): void {
	if (typeof value !== 'object' || value === null || value instanceof Date) return;
	Object.values(value).forEach(deepFreeze);
	Object.freeze(value);
}
