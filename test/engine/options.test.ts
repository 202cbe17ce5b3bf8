import type { IBinaryData, IDataObject } from 'n8n-workflow';
import type { AcceptedMail } from '#sandbox/index';
import { openBinaryStore, type BinaryStore } from '#tools/engine/binaryStore';
import { generatedFile } from '#tools/engine/generatedFile';
import { startLinkedSandbox, type LinkedSandbox } from '#tools/engine/linkedSandbox';
import { MAIL } from './linkedForTests';

const MEGABYTE = 1024 * 1024;

const PLAIN_MESSAGE = {
	subject: 'Welcome',
	body: { contentType: 'html', content: '<p>Hello</p>' },
	toRecipients: [{ emailAddress: { address: 'jane@contoso.example' } }],
};

const someone = (address: string) => ({ emailAddress: { address } });

/** What each option becomes in the message that Graph's own types describe. */
const OPTIONS: Record<string, { value: unknown; message: Record<string, unknown> }> = {
	attachments: {
		value: 'letter',
		message: {
			attachments: [
				{
					'@odata.type': '#microsoft.graph.fileAttachment',
					name: 'letter.txt',
					contentType: 'text/plain',
				},
			],
		},
	},
	bcc: {
		value: 'audit@contoso.example',
		message: { bccRecipients: [someone('audit@contoso.example')] },
	},
	categories: { value: 'HR, Onboarding', message: { categories: ['HR', 'Onboarding'] } },
	cc: {
		value: ['sam@contoso.example'],
		message: { ccRecipients: [someone('sam@contoso.example')] },
	},
	deferUntil: {
		value: '2126-11-23T08:00:00',
		message: {
			singleValueExtendedProperties: [{ id: 'SystemTime 0x3FEF', value: '2126-11-23T07:00:00Z' }],
		},
	},
	deliveryReceipt: { value: true, message: { isDeliveryReceiptRequested: true } },
	followUp: {
		value: { flag: { startDate: '2126-11-23T09:00:00', dueDate: '2126-11-24T09:00:00' } },
		message: {
			flag: {
				flagStatus: 'flagged',
				startDateTime: expect.objectContaining({ timeZone: expect.any(String) }),
				dueDateTime: expect.objectContaining({ timeZone: expect.any(String) }),
			},
		},
	},
	from: { value: 'hr@contoso.example', message: { from: someone('hr@contoso.example') } },
	headers: {
		value: { header: [{ name: 'x-ticket', value: '4711' }] },
		message: { internetMessageHeaders: [{ name: 'x-ticket', value: '4711' }] },
	},
	importance: { value: 'high', message: { importance: 'high' } },
	readReceipt: { value: true, message: { isReadReceiptRequested: true } },
	replyTo: {
		value: 'HR <hr@contoso.example>; it@contoso.example',
		message: {
			replyTo: [
				{ emailAddress: { address: 'hr@contoso.example', name: 'HR' } },
				someone('it@contoso.example'),
			],
		},
	},
	saveToSentItems: { value: false, message: {} },
	sensitivity: {
		value: 'confidential',
		message: { singleValueExtendedProperties: [{ id: 'Integer 0x36', value: '3' }] },
	},
};

let linked: LinkedSandbox;
let store: BinaryStore;
let files: Record<string, IBinaryData>;

beforeAll(async () => {
	linked = await startLinkedSandbox({}, ['Mail.ReadWrite', 'Mail.Send.Shared']);
	store = await openBinaryStore('filesystem');
	files = {
		letter: await store.keep(Buffer.from('Welcome!'), { mimeType: 'text/plain' }),
		film: await store.keep(generatedFile(4 * MEGABYTE).content(), {
			mimeType: 'video/mp4',
			fileName: 'film.mp4',
		}),
	};
});

beforeEach(() => linked.sandbox.reset());

afterAll(async () => {
	await Promise.all([linked.sandbox.close(), store.close()]);
});

/** Sends one mail with these options, and gives what the sandbox's strict check let pass. */
async function sendWith(names: readonly string[], more: IDataObject = {}): Promise<AcceptedMail> {
	const options = Object.fromEntries(names.map((name) => [name, OPTIONS[name]!.value]));
	const { error } = await linked.run({
		parameters: { ...MAIL, options: { ...options, ...more } as IDataObject },
		items: [
			{
				json: {},
				binary: files,
			},
		],
	});
	expect(error).toBeUndefined();
	expect(linked.sandbox.outbox).toHaveLength(1);
	return linked.sandbox.outbox[0]!;
}

function messageWith(names: readonly string[]): Record<string, unknown> {
	// Sensitivity comes before deferral where both are set.
	const ordered = [...names].sort(
		(a, b) => Number(b === 'sensitivity') - Number(a === 'sensitivity'),
	);
	const message: Record<string, unknown> = { ...PLAIN_MESSAGE };
	for (const name of ordered) {
		for (const [key, value] of Object.entries(OPTIONS[name]!.message)) {
			const before = message[key];
			message[key] = Array.isArray(before)
				? [...(before as unknown[]), ...(value as unknown[])]
				: value;
		}
	}
	// With Mail.ReadWrite a deferred email is a draft, whose files are requests of their own.
	if (names.includes('deferUntil') && !names.includes('saveToSentItems')) {
		delete message.attachments;
		const properties = message.singleValueExtendedProperties as Array<{ value: string }>;
		const { value } = properties.at(-1)!;
		message.singleValueExtendedProperties = [...properties, { id: 'SystemTime 0x000F', value }];
	}
	return message;
}

const NAMES = Object.keys(OPTIONS);
const PAIRS = NAMES.flatMap((one, index) => NAMES.slice(index + 1).map((other) => [one, other]));

test('a mail without options is just that', async () => {
	const { message, via } = await sendWith([]);
	expect(via).toBe('sendMail');
	expect(message).toEqual(PLAIN_MESSAGE);
});

test.each([...NAMES.map((name) => [name]), ...PAIRS])('%s %s', async (...names: string[]) => {
	const { message, saveToSentItems } = await sendWith(names);
	expect(message).toEqual(messageWith(names));
	expect(saveToSentItems).toBe(!names.includes('saveToSentItems'));
});

test.each(NAMES.filter((name) => name !== 'saveToSentItems'))(
	'%s travels on a draft as well',
	async (name) => {
		const { message, via, attachments } = await sendWith([name], {
			attachments: name === 'attachments' ? 'letter, film' : 'film',
		});
		expect(via).toBe('draft');
		expect(message).toEqual(name === 'attachments' ? PLAIN_MESSAGE : messageWith([name]));
		expect(attachments.map((file) => file.name)).toEqual(
			name === 'attachments' ? ['letter.txt', 'film.mp4'] : ['film.mp4'],
		);
	},
);
