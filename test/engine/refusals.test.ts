import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IBinaryData, IDataObject } from 'n8n-workflow';
import { openBinaryStore, type BinaryStore } from '#tools/engine/binaryStore';
import { startLinkedSandbox, type LinkedSandbox } from '#tools/engine/linkedSandbox';
import { MAIL } from './linkedForTests';

const MEGABYTE = 1024 * 1024;

let plain: LinkedSandbox;
let full: LinkedSandbox;
let store: BinaryStore;

beforeAll(async () => {
	plain = await startLinkedSandbox();
	full = await startLinkedSandbox({}, ['Mail.ReadWrite', 'Mail.Send.Shared']);
	store = await openBinaryStore('filesystem');
});

beforeEach(() => {
	plain.sandbox.reset();
	full.sandbox.reset();
});

afterAll(async () => {
	await Promise.all([plain.sandbox.close(), full.sandbox.close(), store.close()]);
});

/** Bytes of each file. */
type Files = Record<string, [name: string, size: number]>;

/** A file of this size in n8n's own store, where it takes no room: it has no content. */
async function keepSparse(fileName: string, size: number): Promise<IBinaryData> {
	const kept = await store.keep(Buffer.alloc(1), { mimeType: 'video/mp4', fileName });
	const path = join(store.folder, kept.id!.replace(/^[^:]*:/, ''));
	const metadata = JSON.parse(await readFile(`${path}.metadata`, 'utf8')) as IDataObject;
	await truncate(path, size);
	await writeFile(`${path}.metadata`, JSON.stringify({ ...metadata, fileSize: size }));
	return kept;
}

const refusedBy = async (
	linked: LinkedSandbox,
	{ options, ...parameters }: IDataObject,
	files: Files = {},
	application: 'roboMq' | 'customer' = 'customer',
) => {
	const binary: Record<string, IBinaryData> = {};
	for (const [field, file] of Object.entries(files)) binary[field] = await keepSparse(...file);
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

test('a mail above the limit of a request names sizes and the three ways out', async () => {
	const text = await refusedBy(
		plain,
		{},
		{ film: ['film.mp4', 3 * MEGABYTE], photo: ['photo.jpg', 1024] },
	);
	expect(text).toContain('The email has a little more than 4.0 MB as a request');
	expect(text).toContain('film.mp4 3.0 MB, photo.jpg 1.0 KB');
	expect(text).toContain('make the files smaller');
	expect(text).toContain('link');
	expect(text).toContain('Tick Mail.ReadWrite under Permissions in the credential');
});

test('the RoboMQ application is told of the other one', async () => {
	const text = await refusedBy(plain, {}, { film: ['film.mp4', 4 * MEGABYTE] }, 'roboMq');
	expect(text).toContain('link the account with a customer-owned application');
});

test('a permission that was ticked and not yet granted asks for a new connection', async () => {
	const { data } = plain.store.find('customer');
	plain.store.find('customer').data = { ...data, permissions: ['Mail.ReadWrite'] as never };
	try {
		const text = await refusedBy(plain, {}, { film: ['film.mp4', 4 * MEGABYTE] });
		expect(text).toContain('has not granted it yet');
	} finally {
		plain.store.find('customer').data = data;
	}
});

test.each<[string, IDataObject, Files, string]>([
	['a file above 150 MB', {}, { film: ['film.mp4', 150 * MEGABYTE + 1] }, 'up to 150.0 MB'],
	[
		'files above 150 MB together',
		{},
		{ a: ['a.mp4', 100 * MEGABYTE], b: ['b.mp4', 51 * MEGABYTE] },
		'no mailbox sends more than 150.0 MB',
	],
	[
		'a large mail that is not to be saved',
		{ options: { saveToSentItems: false } },
		{ film: ['film.mp4', 4 * MEGABYTE] },
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
