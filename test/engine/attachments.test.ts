import { createHash } from 'node:crypto';
import type { IBinaryData, IDataObject } from 'n8n-workflow';
import { openBinaryStore, type BinaryMode, type BinaryStore } from '#tools/engine/binaryStore';
import { generatedFile } from '#tools/engine/generatedFile';
import { linkedForTests, MAIL } from './linkedForTests';

const KILOBYTE = 1024;
const MEGABYTE = 1024 * KILOBYTE;

const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');

const linked = linkedForTests({}, ['Mail.ReadWrite']);
let store: BinaryStore;

beforeAll(async () => {
	linked.sandbox.directory.mailboxes.adele.messageSizeLimit = 151 * MEGABYTE;
});

const send = async (binary: Record<string, IBinaryData>, more: IDataObject = {}) =>
	await linked.run({
		parameters: { ...MAIL, options: { attachments: '*' }, ...more },
		items: [{ json: {}, binary }],
	});

const graphRequests = () =>
	linked.sandbox.requests
		.filter(({ host }) => host !== 'login')
		.map(({ method, path }) => `${method} ${path.replace(/messages\/[^/]+/, 'messages/…')}`);

describe.each<BinaryMode>(['default', 'filesystem'])('binary data mode %s', (mode) => {
	beforeAll(async () => {
		store = await openBinaryStore(mode);
	});

	afterAll(async () => await store.close());

	test('an image goes where the body shows it, a document is attached', async () => {
		const logo = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>');
		const contract = Buffer.alloc(200 * KILOBYTE, 'contract');
		const { error, items } = await send(
			{
				logo: await store.keep(logo, { mimeType: 'image/svg+xml', fileName: 'logo.svg' }),
				contract: await store.keep(contract, {
					mimeType: 'application/pdf',
					fileName: 'contract.pdf',
				}),
			},
			{ body: '<p><img src="cid:logo"> Hello</p>' },
		);

		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		const [mail] = linked.sandbox.outbox;
		expect(mail?.via).toBe('sendMail');
		expect(mail?.attachments).toMatchObject([
			{
				name: 'logo.svg',
				contentType: 'image/svg+xml',
				size: logo.length,
				sha256: sha256(logo),
				isInline: true,
				contentId: 'logo',
			},
			{
				name: 'contract.pdf',
				contentType: 'application/pdf',
				size: contract.length,
				sha256: sha256(contract),
				isInline: false,
				contentId: null,
			},
		]);
	});

	test('above the limit of a request, the mail becomes a draft that is filled and sent', async () => {
		const logo = Buffer.alloc(30 * KILOBYTE, 'logo');
		const photo = generatedFile(3 * MEGABYTE - KILOBYTE);
		const film = generatedFile(9 * MEGABYTE + 7);
		const { error, items } = await send(
			{
				film: await store.keep(film.content(), { mimeType: 'video/mp4', fileName: 'film.mp4' }),
				photo: await store.keep(photo.content(), {
					mimeType: 'image/jpeg',
					fileName: 'photo.jpg',
				}),
				logo: await store.keep(logo, { mimeType: 'image/png', fileName: 'logo.png' }),
			},
			{
				body: '<p><img src="cid:logo.png"> Hello</p>',
				options: { attachments: 'film,photo,logo', importance: 'high', sensitivity: 'private' },
			},
		);

		expect(error).toBeUndefined();
		expect(graphRequests()).toEqual([
			'POST /v1.0/me/messages',
			'POST /v1.0/me/messages/…/attachments',
			'POST /v1.0/me/messages/…/attachments',
			'POST /v1.0/me/messages/…/attachments/createUploadSession',
			'PUT /upload/…',
			'PUT /upload/…',
			'PUT /upload/…',
			'POST /v1.0/me/messages/…/send',
		]);
		const [mail] = linked.sandbox.outbox;
		expect(mail).toMatchObject({
			via: 'draft',
			message: { importance: 'high', singleValueExtendedProperties: [{ id: 'Integer 0x36' }] },
			attachments: [
				{ name: 'photo.jpg', sha256: photo.sha256, isInline: false },
				{ name: 'logo.png', sha256: sha256(logo), isInline: true, contentId: 'logo.png' },
				{ name: 'film.mp4', sha256: film.sha256, isInline: false, contentType: 'video/mp4' },
			],
		});
		expect(items[0]?.json).toMatchObject({
			status: 'accepted',
			messageId: expect.any(String),
			internetMessageId: expect.stringMatching(/^<.+@.+>$/),
			webLink: expect.stringMatching(/^http/),
		});
	});

	test('two mails with the same kind of files go each with its own', async () => {
		const items = await Promise.all(
			['one', 'two'].map(async (text) => ({
				json: {},
				binary: { letter: await store.keep(Buffer.from(text), { mimeType: 'text/plain' }) },
			})),
		);
		const result = await linked.run({
			parameters: { ...MAIL, options: { attachments: 'letter', simultaneous: 1 } },
			items,
		});
		expect(result.error).toBeUndefined();
		expect(
			linked.sandbox.outbox.map(({ attachments: [file] }) => file?.content?.toString()).sort(),
		).toEqual(['one', 'two']);
		expect(linked.sandbox.outbox[0]?.attachments[0]?.name).toBe('letter.txt');
	});
});

test('a deferred email is made as a draft and then sent', async () => {
	const { error } = await linked.run({
		parameters: { ...MAIL, options: { deferUntil: '2126-11-23T08:00:00' } },
		items: [{ json: {} }],
	});
	expect(error).toBeUndefined();
	expect(graphRequests()).toEqual(['POST /v1.0/me/messages', 'POST /v1.0/me/messages/…/send']);
	expect(linked.sandbox.outbox[0]?.message.singleValueExtendedProperties).toEqual([
		{ id: 'SystemTime 0x3FEF', value: '2126-11-23T07:00:00Z' },
		{ id: 'SystemTime 0x000F', value: '2126-11-23T07:00:00Z' },
	]);
});

describe('stored on disk', () => {
	beforeAll(async () => {
		store = await openBinaryStore('filesystem');
	});

	afterAll(async () => await store.close());

	test('tens of megabytes arrive with the same SHA-256', async () => {
		const film = generatedFile(24 * MEGABYTE);
		const { error } = await send({
			film: await store.keep(film.content(), { mimeType: 'video/mp4', fileName: 'film.mp4' }),
		});
		expect(error).toBeUndefined();
		expect(linked.sandbox.outbox[0]?.attachments).toMatchObject([
			{ size: 24 * MEGABYTE, sha256: film.sha256 },
		]);
	});

	test('a file that is gone is refused before anything leaves', async () => {
		const film = await store.keep(Buffer.from('film'), { mimeType: 'video/mp4' });
		const { error } = await send({ film: { ...film, id: `${film.id}-gone` } });
		expect(error?.message).toContain('can no longer read the stored file');
		expect(linked.sandbox.requests).toEqual([]);
	});
});

describe('JSON supplies no file', () => {
	beforeAll(async () => {
		store = await openBinaryStore('filesystem');
	});

	afterAll(async () => await store.close());

	const contract = async () =>
		await store.keep(Buffer.from('our contract'), {
			mimeType: 'application/pdf',
			fileName: 'contract.pdf',
		});
	/** A file of another execution, whose ID somebody knows. */
	const payslip = async () =>
		await store.keep(Buffer.from('payslip'), {
			mimeType: 'application/pdf',
			fileName: 'payslip.pdf',
		});
	const sent = () =>
		linked.sandbox.outbox.map(({ attachments }) =>
			attachments.map(({ content }) => content?.toString()),
		);
	const run = async (
		item: { json?: IDataObject; binary?: Record<string, IBinaryData> },
		attachments: string,
		binaryMode: 'separate' | 'combined' = 'separate',
	) =>
		await linked.run({
			parameters: { ...MAIL, options: { attachments } },
			items: [{ json: {}, ...item }],
			binaryMode,
		});

	test.each(['separate', 'combined'] as const)(
		'an HTTP answer with _files does not replace the contract (%s)',
		async (binaryMode) => {
			const forged = {
				data: Buffer.from('forged').toString('base64'),
				mimeType: 'application/pdf',
			};
			const binary = { contract: await contract() };
			const json = { _files: { contract: forged, more: forged } as unknown as IDataObject };
			for (const attachments of ['contract', '*'])
				await run({ json, binary }, attachments, binaryMode);
			expect(sent()).toEqual([['our contract'], ['our contract']]);
		},
	);

	test('a stored file is not attached by its ID', async () => {
		const json = { _files: { payslip: await payslip() } as unknown as IDataObject };
		for (const attachments of ['payslip', '_files.payslip', '={{ [$json._files.payslip] }}']) {
			const { error } = await run({ json }, attachments);
			expect(error?.message).toMatch(/^Attachments, entry 1/);
		}
		const text = await run({ json }, '={{ JSON.stringify([$json._files.payslip]) }}');
		expect(text.error?.message).toMatch(/^Attachments, entry 1/);
		expect((await run({ json }, '*')).error).toBeUndefined();
		expect(sent()).toEqual([[]]);
	});

	test.each(['separate', 'combined'] as const)(
		'files of the item and of earlier nodes go, by name and from an expression (%s)',
		async (binaryMode) => {
			const binary = { contract: await contract() };
			const fromNode =
				binaryMode === 'separate'
					? "={{ [$('Items').item.binary.contract] }}"
					: "={{ [$('Items').item._files.contract] }}";
			for (const attachments of ['contract', '*', fromNode]) {
				const { error } = await run({ binary }, attachments, binaryMode);
				expect(error).toBeUndefined();
			}
			expect(sent()).toEqual([['our contract'], ['our contract'], ['our contract']]);
		},
	);
});
