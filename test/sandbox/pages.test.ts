import { createHash } from 'node:crypto';
import { startSandbox, type Sandbox } from '#sandbox/index';
import { connectSandbox } from '#sandbox/remote';
import { callGraph, connect, mailTo } from './client';

let sandbox: Sandbox;
let token: string;
const ATTACK = '"><script>alert(1)</script><img src=x onerror=alert(2)>';

beforeAll(async () => {
	sandbox = await startSandbox();
	const { apps, accounts } = sandbox.directory;
	token = (await connect(sandbox, apps.roboMq, accounts.adele.userPrincipalName)).accessToken;
});
afterEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const send = async (own: Record<string, unknown> = {}) =>
	await callGraph(sandbox, '/v1.0/me/sendMail', {
		token,
		body: mailTo('new.hire@contoso.example', own),
	});
const page = async (path: string, init?: RequestInit) =>
	await fetch(new URL(path, sandbox.loginOrigin), init);

test('the outbox escapes all that a mail says, and runs none of it', async () => {
	const pixel = Buffer.from('GIF89a').toString('base64');
	await send({
		subject: ATTACK,
		body: { contentType: 'html', content: `<img src="cid:logo"></iframe>${ATTACK}` },
		toRecipients: [{ emailAddress: { name: ATTACK, address: 'a@contoso.example' } }],
		categories: [ATTACK],
		internetMessageHeaders: [{ name: 'x-flow', value: ATTACK }],
		attachments: [
			{
				'@odata.type': '#microsoft.graph.fileAttachment',
				name: ATTACK,
				contentType: 'image/gif',
				contentBytes: pixel,
				isInline: true,
				contentId: 'logo',
			},
		],
	});
	await send({ body: { contentType: 'text', content: ATTACK } });

	const response = await page('/outbox');
	const html = await response.text();
	expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
	const [, script = '', ...more] = html.split('<script>');
	expect(more).toEqual([]);
	const hash = createHash('sha256').update(script.split('</script>')[0]!).digest('base64');
	expect(response.headers.get('content-security-policy')).toContain(`script-src 'sha256-${hash}';`);
	expect(html).not.toMatch(/<img|onerror=alert\(2\)>/);
	expect(
		html.match(
			/<iframe\s+sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"\s+title="[^"]*"\s+srcdoc="[^"]*"\s*><\/iframe>/g,
		),
	).toHaveLength(1);
	expect(html).toContain(`data:image/gif;base64,${pixel}`);
	expect(html.indexOf('<pre>')).toBeLessThan(html.indexOf('<iframe'));
});

test('an attachment is downloaded, never shown', async () => {
	await send({
		attachments: [
			{
				'@odata.type': '#microsoft.graph.fileAttachment',
				name: 'a "b".html',
				contentType: 'text/html',
				contentBytes: Buffer.from(ATTACK).toString('base64'),
			},
		],
	});
	const response = await page('/outbox/0/files/0');
	expect(response.headers.get('content-type')).toBe('application/octet-stream');
	expect(response.headers.get('content-disposition')).toBe(
		"attachment; filename*=UTF-8''a%20%22b%22.html",
	);
	expect(await response.text()).toBe(ATTACK);
	expect((await page('/outbox/0/files/7')).status).toBe(404);
});

test('the faults page switches a fault on and off', async () => {
	const post = async (fields: Record<string, string>, headers = {}) =>
		await page('/faults', { method: 'POST', body: new URLSearchParams(fields), headers });
	await post({
		name: 'throttle',
		switch: 'on',
		times: '2',
		retryAfter: '7',
		operation: 'sendMail',
	});
	expect(sandbox.faults.list()).toMatchObject([
		{ name: 'throttle', settings: { times: 2, retryAfter: '7', operation: 'sendMail' } },
	]);
	expect(await (await page('/faults')).text()).toContain('On. 0 of 2 requests affected so far.');
	await post({ name: 'throttle', switch: 'off' });
	expect(sandbox.faults.list()).toEqual([]);
	expect((await post({ name: 'throttle' }, { origin: 'https://evil.example' })).status).toBe(403);
	expect((await post({ name: 'nothing' })).status).toBe(400);
});

test.each(['/outbox', '/faults'])('%s is sent again only when it has changed', async (path) => {
	const stateOf = (html: string) => /<main data-state="([^"]*)">/.exec(html)![1]!;
	const since = async (state: string) => await page(`${path}?${new URLSearchParams({ state })}`);
	const before = stateOf(await (await page(path)).text());
	expect((await since(before)).status).toBe(204);
	sandbox.faults.switchOn('error500', { times: 1 });
	await send();
	await send();
	const response = await since(before);
	expect(response.status).toBe(200);
	expect((await since(stateOf(await response.text()))).status).toBe(204);
});

test('the front page says whom one can sign in as', async () => {
	const html = await (await page('/')).text();
	expect(html).toContain('adele.vance@contoso.example');
	expect(html).toContain(sandbox.graphOrigin);
	expect(html).not.toContain(sandbox.directory.apps.roboMq.secrets[0]?.value);
});

test('another process sees and switches the same', async () => {
	const remote = connectSandbox(sandbox.loginOrigin);
	await remote.faults({ error500: { times: 1 }, throttle: true });
	await remote.faults({ throttle: false });
	expect((await send()).status).toBe(500);
	expect((await send()).status).toBe(202);
	const state = await remote.state();
	expect(state.outbox[0]?.message.subject).toBe('Welcome');
	expect(state.faults).toMatchObject([{ name: 'error500', struck: 1 }]);
	expect(state.requests.map(({ status }) => status)).toEqual([500, 202]);
	await expect(remote.faults({ nothing: true } as never)).rejects.toThrow("no fault 'nothing'");

	const { apps, mailboxes } = await remote.directory();
	expect(apps.roboMq.secrets[0]?.value).toBe(sandbox.directory.apps.roboMq.secrets[0]?.value);
	expect(mailboxes.hr.sendAs).toEqual(['adele.vance@contoso.example']);
	expect(await remote.settings({ latencyMs: 0 })).toMatchObject({ concurrencyLimit: 4 });
	await remote.reset();
	expect(await remote.counters()).toMatchObject({ outboxCount: 0, throttled: 0 });
	await remote.expireAccessTokens();
	expect((await send()).status).toBe(401);
});
