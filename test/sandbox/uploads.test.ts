import { createHash, randomBytes } from 'node:crypto';
import { startSandbox, type Sandbox } from '#sandbox/index';
import { callGraph, connect, mailTo } from './client';

let sandbox: Sandbox;
let token: string;
const MEGABYTE = 1024 * 1024;
const { message } = mailTo('new.hire@contoso.example');

beforeAll(async () => {
	sandbox = await startSandbox();
	const { apps, accounts } = sandbox.directory;
	const scope = 'Mail.Send Mail.ReadWrite offline_access';
	token = (await connect(sandbox, apps.roboMq, accounts.adele.userPrincipalName, { scope }))
		.accessToken;
});
afterEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const call = async (path: string, body?: unknown, method = 'POST') =>
	await callGraph(sandbox, path, { token, body, method });

async function newDraft(): Promise<{ id: string; internetMessageId: string; webLink: string }> {
	const response = await call('/v1.0/me/messages', message);
	expect(response.status).toBe(201);
	return JSON.parse(response.text) as Awaited<ReturnType<typeof newDraft>>;
}

async function open(id: string, size: number, own = {}) {
	return await call(`/v1.0/me/messages/${id}/attachments/createUploadSession`, {
		AttachmentItem: { attachmentType: 'file', name: 'big.bin', size, ...own },
	});
}

async function put(url: string, bytes: Uint8Array, first: number, total: number, headers = {}) {
	return await callGraph(sandbox, url, {
		method: 'PUT',
		body: bytes,
		headers: {
			'content-type': 'application/octet-stream',
			'content-range': `bytes ${first}-${first + bytes.length - 1}/${total}`,
			...headers,
		},
	});
}

const uploadUrlOf = (text: string) => (JSON.parse(text) as { uploadUrl: string }).uploadUrl;

test('a draft with a small and a large file is sent, hashed as it arrived', async () => {
	const draft = await newDraft();
	const path = `/v1.0/me/messages/${draft.id}`;
	const small = await call(`${path}/attachments`, {
		'@odata.type': '#microsoft.graph.fileAttachment',
		name: 'small.txt',
		contentBytes: 'aGVsbG8=',
	});
	expect(small.status).toBe(201);

	const bytes = randomBytes(7 * MEGABYTE);
	const url = uploadUrlOf((await open(draft.id, bytes.length)).text);
	const range = 3 * MEGABYTE;
	for (let first = 0; first < bytes.length; first += range) {
		const response = await put(url, bytes.subarray(first, first + range), first, bytes.length);
		const next = Math.min(first + range, bytes.length);
		if (next < bytes.length) {
			expect(response.status).toBe(200);
			expect(JSON.parse(response.text)).toMatchObject({ nextExpectedRanges: [`${next}-`] });
		} else {
			expect(response).toMatchObject({ status: 201, text: '' });
			expect(response.headers.get('location')).toContain('/attachments/');
		}
	}

	expect(JSON.parse((await call(path, undefined, 'GET')).text)).toMatchObject({
		...draft,
		hasAttachments: true,
		isDraft: true,
	});
	expect(await call(`${path}/send`)).toMatchObject({ status: 202, text: '' });
	expect(sandbox.outbox[0]).toMatchObject({
		via: 'draft',
		attachments: [
			{ name: 'small.txt', size: 5 },
			{
				name: 'big.bin',
				size: bytes.length,
				sha256: createHash('sha256').update(bytes).digest('hex'),
			},
		],
	});
	expect(sandbox.outbox[0]?.attachments[1]?.content).toBeUndefined();
	expect((await call(path, undefined, 'GET')).code).toBe('ErrorItemNotFound');
	expect(JSON.stringify(sandbox.requests)).not.toContain(url.split('/upload/')[1]);
});

test('a broken range is asked for again', async () => {
	const { id } = await newDraft();
	const bytes = randomBytes(4 * MEGABYTE);
	const url = uploadUrlOf((await open(id, bytes.length)).text);
	const half = 2 * MEGABYTE;
	await put(url, bytes.subarray(0, half), 0, bytes.length);
	sandbox.faults.switchOn('dropWhileReceiving', { operation: 'uploadRange', times: 1 });
	await expect(put(url, bytes.subarray(half), half, bytes.length)).rejects.toThrow('fetch failed');

	const state = await callGraph(sandbox, url, { method: 'GET' });
	expect(JSON.parse(state.text)).toMatchObject({ nextExpectedRanges: [`${half}-`] });
	expect((await put(url, bytes.subarray(half), half, bytes.length)).status).toBe(201);
});

test('ranges are refused out of order, too large, mismatched, or with a token', async () => {
	const { id } = await newDraft();
	const total = 10 * MEGABYTE;
	const url = uploadUrlOf((await open(id, total)).text);
	const bytes = Buffer.alloc(MEGABYTE);
	expect(await put(url, bytes, MEGABYTE, total)).toMatchObject({
		status: 416,
		code: 'InvalidRange',
	});
	expect(await put(url, bytes, 0, total + 1)).toMatchObject({ status: 400 });
	expect(await put(url, bytes, 0, total, { 'content-range': 'bytes 0-5/*' })).toMatchObject({
		status: 400,
		code: 'InvalidContentRange',
	});
	expect(await put(url, Buffer.alloc(4 * MEGABYTE), 0, total)).toMatchObject({ status: 413 });
	const authorization = `Bearer ${token}`;
	expect(await put(url, bytes, 0, total, { authorization })).toMatchObject({ status: 401 });
	expect(await put(url, bytes, 0, total)).toMatchObject({ status: 200 });
});

test('a session is refused below 3 MB, above 150 MB and above the limit of the mailbox', async () => {
	const { id } = await newDraft();
	expect(await open(id, 3 * MEGABYTE - 1)).toMatchObject({ status: 400 });
	expect(await open(id, 150 * MEGABYTE + 1)).toMatchObject({ status: 400 });
	expect(await open(id, 36 * MEGABYTE)).toMatchObject({
		status: 413,
		code: 'ErrorMessageSizeExceeded',
	});
	sandbox.directory.mailboxes.adele.messageSizeLimit = 150 * MEGABYTE;
	expect(await open(id, 140 * MEGABYTE)).toMatchObject({ status: 201 });
	sandbox.directory.mailboxes.adele.messageSizeLimit = 35 * MEGABYTE;
	expect(await open(id, 4 * MEGABYTE, { colour: 'red' })).toMatchObject({
		code: 'RequestBodyRead',
	});
});

test('a session and a draft can be deleted', async () => {
	const { id } = await newDraft();
	const url = uploadUrlOf((await open(id, 4 * MEGABYTE)).text);
	expect((await callGraph(sandbox, url, { method: 'DELETE' })).status).toBe(204);
	expect((await callGraph(sandbox, url, { method: 'GET' })).status).toBe(404);
	expect((await call(`/v1.0/me/messages/${id}`, undefined, 'DELETE')).status).toBe(204);
	expect((await call(`/v1.0/me/messages/${id}/send`)).code).toBe('ErrorItemNotFound');
});

test('a file of 3 MB is refused as a plain attachment', async () => {
	const { id } = await newDraft();
	const response = await call(`/v1.0/me/messages/${id}/attachments`, {
		'@odata.type': '#microsoft.graph.fileAttachment',
		name: 'large.bin',
		contentBytes: Buffer.alloc(3 * MEGABYTE).toString('base64'),
	});
	expect(response.status).toBe(413);
});

test('drafts need Mail.ReadWrite', async () => {
	const { apps, accounts } = sandbox.directory;
	const { accessToken } = await connect(sandbox, apps.roboMq, accounts.megan.userPrincipalName);
	const request = { token: accessToken, body: message };
	expect(await callGraph(sandbox, '/v1.0/me/messages', request)).toMatchObject({
		status: 403,
		code: 'ErrorAccessDenied',
	});
});
