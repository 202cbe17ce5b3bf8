import type { IBinaryData, IDataObject } from 'n8n-workflow';
import type { BinaryContext } from '#node/attachments/file';
import { itemFiles } from '#node/attachments/itemFiles';
import { readAttachments } from '#node/attachments/readAttachments';

const binary = (text: string, fileName?: string, mimeType = 'image/png'): IBinaryData => ({
	data: Buffer.from(text).toString('base64'),
	mimeType,
	...(fileName === undefined ? {} : { fileName }),
});

const FILES = {
	logo: binary('logo', 'company logo.png'),
	contract: binary('contract!', 'contract.pdf', 'application/pdf'),
	copy: binary('copy', 'contract.pdf', 'application/pdf'),
	empty: binary('', 'empty.txt', 'text/plain'),
};
const NAMELESS = { nameless: binary('x') };

function contextOf(files: Record<string, IBinaryData>, json: IDataObject = {}): BinaryContext {
	return {
		getInputData: () => [{ json, binary: files }],
		helpers: {
			assertBinaryData: () => {
				throw new Error('no such field');
			},
			getBinaryMetadata: async () => await Promise.reject(new Error('not stored')),
			getBinaryStream: async () => await Promise.reject(new Error('not stored')),
		},
	};
}

const read = async (attachments: unknown, html = '', files: Record<string, IBinaryData> = FILES) =>
	await readAttachments(contextOf(files), 0, { attachments, html });

test.each<[string, unknown, string[]]>([
	['left out', undefined, []],
	['blank', ' ', []],
	['one field', 'logo', ['company logo.png']],
	['a list in a text', ' contract , logo ', ['contract.pdf', 'company logo.png']],
	['a list from an expression', ['logo', 'contract'], ['company logo.png', 'contract.pdf']],
	['a JSON list in a text', '["logo"]', ['company logo.png']],
	['all of them', '*', ['company logo.png', 'contract.pdf', 'contract (2).pdf', 'empty.txt']],
	['all, in a list', ['*'], ['company logo.png', 'contract.pdf', 'contract (2).pdf', 'empty.txt']],
	[
		'one, then all',
		'copy,*',
		['contract.pdf', 'company logo.png', 'contract (2).pdf', 'empty.txt'],
	],
	['a file from an expression', [{ ...FILES.logo }], ['company logo.png']],
	['blank names in a list', 'logo,,', ['company logo.png']],
])('%s', async (_name, attachments, names) => {
	const { files, refusals } = await read(attachments);
	expect(refusals).toEqual([]);
	expect(files.map(({ name }) => name)).toEqual(names);
});

test.each<[string, unknown, object]>([
	[
		'a missing field',
		'logo, contrakt',
		{ position: 2, value: 'contrakt', cause: /no input data field/ },
	],
	['a number', [7], { position: 1, cause: /a number/ }],
	['nothing in a list', ['logo', null], { position: 2, cause: /nothing/ }],
	['an object', { name: 'logo' }, { position: 1, cause: /an object/ }],
	['a file that no node has output', [binary('x')], { position: 1, cause: /no node before/ }],
])('%s is refused by its place', async (_name, attachments, refusal) => {
	const { refusals } = await read(attachments);
	expect(refusals).toHaveLength(1);
	for (const [key, value] of Object.entries(refusal)) {
		if (value instanceof RegExp)
			expect(refusals[0]).toHaveProperty(key, expect.stringMatching(value));
		else expect(refusals[0]).toHaveProperty(key, value);
	}
});

test.each<[string, unknown, RegExp]>([
	['an empty file', 'empty', /empty is empty: it has 0 bytes/],
	['a file without a name', 'nameless', /has no name; it is sent as/],
	['a field named twice', 'logo,logo', /named twice/],
	['a name that was told apart', 'contract,copy', /is sent as contract \(2\)\.pdf/],
])('%s goes, with a warning', async (_name, attachments, text) => {
	const { refusals, warnings } = await read(attachments, '', { ...FILES, ...NAMELESS });
	expect(refusals).toEqual([]);
	expect(warnings.map((warning) => warning.text)).toEqual([expect.stringMatching(text)]);
});

test('all files of an item that has none is a warning', async () => {
	const { files, warnings } = await read('*', '', {});
	expect(files).toEqual([]);
	expect(warnings).toHaveLength(1);
});

test.each<[string, string, string]>([
	['field', '<img src="cid:logo">', 'logo'],
	['file name', '<img src="cid:company logo.png">', 'company logo.png'],
	['percent-encoded file name', '<img src="cid:company%20logo.png">', 'company%20logo.png'],
])('an image goes inline by its %s, its content ID as written', async (_name, html, contentId) => {
	const { files, refusals } = await read('*', html);
	expect(refusals).toEqual([]);
	expect(files.map(({ field, isInline, contentId: id }) => [field, isInline, id])).toEqual([
		['logo', true, contentId],
		['contract', false, undefined],
		['copy', false, undefined],
		['empty', false, undefined],
	]);
});

test('two references to one file are two inline files', async () => {
	const { files } = await read('logo', '<img src="cid:logo"><img src="cid:company%20logo.png">');
	expect(files.map(({ contentId }) => contentId)).toEqual(['logo', 'company%20logo.png']);
});

test('a text body shows no images', async () => {
	const { files } = await read('logo', '');
	expect(files[0]?.isInline).toBe(false);
});

test('an image without a file is refused by its reference, with what there is', async () => {
	const { refusals } = await read('contract', '<img src="cid:logo"><img src="cid:photo">');
	expect(refusals).toMatchObject([
		{
			parameter: 'body',
			value: 'cid:logo',
			remedy: expect.stringContaining('The item has the field logo'),
		},
		{ parameter: 'body', value: 'cid:photo', remedy: expect.stringContaining('contract') },
	]);
});

test('an image with an empty reference is refused, and does not match a file without a name', async () => {
	const { files, refusals } = await read('*', '<img src="cid:">', NAMELESS);
	expect(files.map(({ isInline }) => isInline)).toEqual([false]);
	expect(refusals).toMatchObject([{ parameter: 'body', value: 'cid:' }]);
});

test('a document shown as an image is a warning', async () => {
	const { warnings } = await read('contract', '<img src="cid:contract">');
	expect(warnings[0]?.text).toContain('application/pdf');
});

test.each([
	['one piece', Buffer.from('short')],
	['many pieces', Buffer.alloc(1_000_001, 'abcdefg')],
	['nothing', Buffer.alloc(0)],
])('content in the item is read as it is: %s', async (_name, content) => {
	for (const data of [
		content.toString('base64'),
		content.toString('base64').replace(/.{1,76}/g, '$&\r\n'),
		content.toString('base64url'),
	]) {
		const file = { data, mimeType: 'image/png', fileName: 'x.png' };
		const { files } = await read('x', '', { x: file });
		const chunks: Uint8Array[] = [];
		for await (const chunk of files[0]!.read()) chunks.push(chunk);
		expect(files[0]!.size).toBe(content.length);
		expect(Buffer.concat(chunks).equals(content)).toBe(true);
	}
});

test("in n8n's combined binary mode stored files are inside the JSON, and nowhere else", async () => {
	const stored = { id: 'filesystem-v2:1', data: 'filesystem-v2', mimeType: 'image/png' };
	const json = { _files: { logo: stored, forged: FILES.contract } } as unknown as IDataObject;
	const context = (binaryMode: string): BinaryContext => ({
		...contextOf({}, json),
		getWorkflowSettings: () => ({ binaryMode }),
	});
	expect(itemFiles(context('combined'), 0).fields).toEqual(['logo']);
	expect(itemFiles(context('separate'), 0).fields).toEqual([]);
});

test('nothing that is given is changed', async () => {
	const given = JSON.stringify(FILES);
	await read(Object.freeze(['logo', 'contract', 'copy']), '<img src="cid:logo">');
	expect(JSON.stringify(FILES)).toBe(given);
});

// Found by test/fuzz/files.test.ts.
test.each([
	['whose name is not a text', { ...FILES.logo, fileName: {} }],
	['whose data is not a text', { data: 7, mimeType: 'image/png' }],
	['without data', { id: '', mimeType: 'image/png' }],
])('an entry %s is refused', async (_what, entry) => {
	const { files, refusals } = await read([entry]);
	expect(files).toEqual([]);
	expect(refusals).toHaveLength(1);
});
