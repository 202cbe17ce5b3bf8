import { MAIL } from './linkedForTests';
import type { IBinaryData, IDataObject } from 'n8n-workflow';
import { openBinaryStore, type BinaryStore } from '#tools/engine/binaryStore';
import { startLinkedSandbox, type LinkedSandbox } from '#tools/engine/linkedSandbox';

const MEGABYTE = 1024 * 1024;

let plain: LinkedSandbox;
let full: LinkedSandbox;
let store: BinaryStore;

beforeAll(async () => {
	plain = await startLinkedSandbox();
	full = await startLinkedSandbox({}, ['Mail.ReadWrite', 'Mail.Send.Shared']);
	store = await openBinaryStore('default');
});

beforeEach(() => {
	plain.sandbox.reset();
	full.sandbox.reset();
});

afterAll(async () => {
	await Promise.all([plain.sandbox.close(), full.sandbox.close(), store.close()]);
});

/** A file that says how large it is and holds nothing: what is refused is never read. */
const stored = (name: string, size: number): IBinaryData => ({
	data: 'filesystem-v2',
	id: `sized:${size}`,
	mimeType: 'video/mp4',
	fileName: name,
});

const refusedBy = async (
	linked: LinkedSandbox,
	{ options, ...parameters }: IDataObject,
	binary: Record<string, IBinaryData> = {},
	application: 'roboMq' | 'customer' = 'customer',
) => {
	// The mail before it can go; no request of it may have left either.
	const { error, items } = await linked.run({
		application,
		parameters: {
			...MAIL,
			...parameters,
			options: { attachments: '*', ...(options as IDataObject) },
		},
		items: [{ json: {} }, { json: {}, binary }],
	});
	expect(linked.sandbox.requests).toEqual([]);
	expect(items).toEqual([]);
	return `${error?.message}\n${error?.description}`;
};

jest.mock('#node/attachments/file', () => {
	const actual = jest.requireActual('#node/attachments/file');
	return {
		...actual,
		contentOf: async (context: never, field: string, data: IBinaryData) =>
			data.id?.startsWith('sized:')
				? { size: Number(data.id.slice(6)), read: () => {} }
				: await actual.contentOf(context, field, data),
	};
});

test('a mail above the limit of a request names sizes and the three ways out', async () => {
	const text = await refusedBy(
		plain,
		{},
		{ film: stored('film.mp4', 3 * MEGABYTE), photo: stored('photo.jpg', 1024) },
	);
	expect(text).toContain('The email has a little more than 4.0 MB as a request');
	expect(text).toContain('film.mp4 3.0 MB, photo.jpg 1.0 KB');
	expect(text).toContain('make the files smaller');
	expect(text).toContain('link');
	expect(text).toContain('Tick Mail.ReadWrite under Permissions in the credential');
});

test('the RoboMQ application is told of the other one', async () => {
	const text = await refusedBy(plain, {}, { film: stored('film.mp4', 4 * MEGABYTE) }, 'roboMq');
	expect(text).toContain('link the account with a customer-owned application');
});

test('a permission that was ticked and not yet granted asks for a new connection', async () => {
	const { data } = plain.store.find('customer');
	plain.store.find('customer').data = { ...data, permissions: ['Mail.ReadWrite'] as never };
	try {
		const text = await refusedBy(plain, {}, { film: stored('film.mp4', 4 * MEGABYTE) });
		expect(text).toContain('has not granted it yet');
	} finally {
		plain.store.find('customer').data = data;
	}
});

test.each<[string, IDataObject, Record<string, IBinaryData>, string]>([
	['a file above 150 MB', {}, { film: stored('film.mp4', 150 * MEGABYTE + 1) }, 'up to 150.0 MB'],
	[
		'files above 150 MB together',
		{},
		{ a: stored('a.mp4', 100 * MEGABYTE), b: stored('b.mp4', 51 * MEGABYTE) },
		'no mailbox sends more than 150.0 MB',
	],
	[
		'a large mail that is not to be saved',
		{ options: { saveToSentItems: false } },
		{ film: stored('film.mp4', 4 * MEGABYTE) },
		'always saves a copy',
	],
	['a body above the limit', { body: 'x'.repeat(4 * MEGABYTE) }, {}, 'without its files'],
	['a missing field', { options: { attachments: 'contract' } }, {}, 'no input data field'],
	['an image without a file', { body: '<img src="cid:logo">' }, {}, 'there is no file'],
])('%s is refused before anything leaves, with every permission too', async (...row) => {
	const [, parameters, binary, text] = row;
	expect(await refusedBy(full, parameters, binary)).toContain(text);
});

test('a sender that is named needs a permission', async () => {
	const text = await refusedBy(plain, { options: { from: 'hr@contoso.example' } });
	expect(text).toContain('Mail.Send.Shared');
});

test('with that permission, and the right on the mailbox, it sends', async () => {
	const { error } = await full.run({
		parameters: { ...MAIL, options: { from: 'hr@contoso.example' } },
		items: [{ json: {} }],
	});
	expect(error).toBeUndefined();
	expect(full.sandbox.outbox).toMatchObject([
		{ sentFrom: { address: 'hr@contoso.example', right: 'sendAs' } },
	]);
});

test('with the permission, without the right, both rights are explained', async () => {
	const { error } = await full.run({
		parameters: { ...MAIL, options: { from: 'payroll@contoso.example' } },
		items: [{ json: {} }],
	});
	expect(`${error?.message} ${error?.description}`).toMatch(/Send As or Send on Behalf/);
	expect(full.sandbox.outbox).toEqual([]);
});

test('what a mailbox itself refuses is explained, and leaves no draft', async () => {
	full.sandbox.directory.mailboxes.adele.messageSizeLimit = 4 * MEGABYTE;
	try {
		const { error } = await full.run({
			parameters: { ...MAIL, options: { attachments: '*' } },
			items: [
				{
					json: {},
					binary: {
						film: await store.keep(Buffer.alloc(5 * MEGABYTE), {
							mimeType: 'video/mp4',
							fileName: 'film.mp4',
						}),
					},
				},
			],
		});
		expect(error?.message).toContain('larger than the mailbox allows');
		expect(full.sandbox.requests.map(({ method, status }) => [method, status])).toEqual([
			['POST', 201],
			['POST', 413],
			['DELETE', 204],
		]);
	} finally {
		full.sandbox.directory.mailboxes.adele.messageSizeLimit = 35 * MEGABYTE;
	}
});

test.each(['customer', 'roboMq'] as const)(
	'the list of allowed recipients in a %s credential binds every workflow that uses it',
	async (application) => {
		const { data } = plain.store.find(plain.credentials[application].id);
		const attempt = async (to: string, options: IDataObject = {}) =>
			await plain.run({
				application,
				parameters: { ...MAIL, to, options },
				items: [{ json: {} }],
			});
		try {
			for (const list of ['contoso.example', ' ', 7, '*']) {
				data.allowedRecipients = list as string;
				const { error } = await attempt('eve@contoso.example.evil.example');
				expect(error?.message).toMatch(/list of allowed recipients|Allowed Recipients/);
			}
			data.allowedRecipients = 'contoso.example';
			const { error } = await attempt('jane@contoso.example', {
				allowedRecipients: 'fabrikam.example',
			});
			expect(error?.message).toContain('in the options of this node');
			expect(plain.sandbox.requests).toEqual([]);
			expect((await attempt('jane@contoso.example')).error).toBeUndefined();
			expect(plain.sandbox.outbox).toHaveLength(1);
		} finally {
			delete data.allowedRecipients;
		}
	},
);
