import { FAULT_NAMES, startSandbox, type FaultName, type Sandbox } from '#sandbox/index';
import { callGraph, connect, mailTo, postToken } from './client';

let sandbox: Sandbox;
let token: string;
let refreshToken: string;

beforeAll(async () => {
	sandbox = await startSandbox();
	const { apps, accounts } = sandbox.directory;
	const tokens = await connect(sandbox, apps.roboMq, accounts.adele.userPrincipalName);
	token = tokens.accessToken;
	refreshToken = tokens.refreshToken;
});
afterEach(async () => {
	await sandbox.faults.switchOff();
	sandbox.reset();
});
afterAll(async () => await sandbox.close());

const send = async (own: Record<string, unknown> = {}, signal?: AbortSignal) =>
	await callGraph(sandbox, '/v1.0/me/sendMail', {
		token,
		body: mailTo('new.hire@contoso.example', own),
		...(signal === undefined ? {} : { signal }),
	});
const refresh = async () =>
	await postToken(sandbox, {
		grant_type: 'refresh_token',
		client_id: sandbox.directory.apps.roboMq.id,
		client_secret: sandbox.directory.apps.roboMq.secrets[0]?.value ?? '',
		refresh_token: refreshToken,
	});

const tried = new Set<FaultName>();
const switchOn = (name: FaultName, settings = {}) => {
	tried.add(name);
	sandbox.faults.switchOn(name, settings);
};

test.each([
	['throttle', 429, 'ApplicationThrottled', 0],
	['unavailable503', 503, 'ServiceUnavailable', 0],
	['expiredToken', 401, 'InvalidAuthenticationToken', 0],
	['error500', 500, 'ErrorInternalServerError', 0],
	['gateway502', 502, undefined, 0],
	['gateway504', 504, 'UnknownError', 0],
	['gateway504AfterTaken', 504, 'UnknownError', 1],
	['quota507', 507, 'ErrorQuotaExceeded', 0],
	['draftLag', 404, 'ErrorItemNotFound', 0],
] as const)('%s answers %i %s and takes %i mails', async (name, status, code, taken) => {
	switchOn(name);
	expect(await send()).toMatchObject({ status, code });
	expect(sandbox.outbox).toHaveLength(taken);
	expect(sandbox.requests.at(-1)).toMatchObject({ host: 'graph', status });
});

test.each([
	['dropBefore', 0],
	['dropWhileReceiving', 0],
	['dropOnConnect', 0],
	['dropAfterTaken', 1],
	['dropWhileAnswering', 1],
] as const)('%s breaks the connection and takes %i mails', async (name, taken) => {
	switchOn(name, { times: 1 });
	await expect(send({ subject: 'x'.repeat(100_000) })).rejects.toThrow('fetch failed');
	expect(sandbox.outbox).toHaveLength(taken);
	expect(await send()).toMatchObject({ status: 202 });
});

test('dropWhileAnswering can break off in the body', async () => {
	switchOn('dropWhileAnswering', { cut: 'body' });
	await expect(send()).rejects.toThrow('terminated');
	expect(sandbox.outbox).toHaveLength(1);
});

test.each([
	['hang', 0],
	['hangAfterTaken', 1],
] as const)('%s never answers and takes %i mails', async (name, taken) => {
	switchOn(name);
	const patience = new AbortController();
	const waiting = send({}, patience.signal);
	// The request was recorded: from here on only an answer is missing.
	while (sandbox.outbox.length < taken || sandbox.faults.list()[0]?.struck !== 1) {
		await new Promise(setImmediate);
	}
	patience.abort();
	await expect(waiting).rejects.toThrow('aborted');
	expect(sandbox.outbox).toHaveLength(taken);
});

test('refuseConnections leaves nobody at the port, until it is switched off', async () => {
	switchOn('refuseConnections');
	await expect(send()).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
	await sandbox.faults.switchOff('refuseConnections');
	expect(await send()).toMatchObject({ status: 202 });
	expect(() => sandbox.faults.switchOn('refuseConnections', { times: 1 })).toThrow('dropOnConnect');
});

test('slowAnswer takes the mail and answers later', async () => {
	switchOn('slowAnswer', { milliseconds: 31 });
	const timers = jest.spyOn(globalThis, 'setTimeout');
	expect(await send()).toMatchObject({ status: 202 });
	expect(timers.mock.calls.map(([, milliseconds]) => milliseconds)).toContain(31);
	timers.mockRestore();
});

test('custom answers what it is told, also what is broken', async () => {
	switchOn('custom', { status: 202, headers: { 'Content-Type': 'text/html' }, body: '<p>proxy' });
	expect(await send()).toMatchObject({ status: 202, text: '<p>proxy' });
	switchOn('custom', {
		status: 500,
		headers: { 'Content-Length': '900' },
		body: '{"err',
		times: 1,
	});
	await expect(send()).rejects.toThrow('terminated');
	expect(sandbox.outbox).toHaveLength(0);
	switchOn('custom', { status: 200, body: 'taken', taken: true });
	expect(await send()).toMatchObject({ status: 200, text: 'taken' });
	expect(sandbox.outbox).toHaveLength(1);
});

test.each([
	[2, '2'],
	['soon', 'soon'],
	[new Date(0), 'Thu, 01 Jan 1970 00:00:00 GMT'],
	[null, null],
])('Retry-After may be %p', async (retryAfter, header) => {
	switchOn('unavailable503', { retryAfter });
	expect((await send()).headers.get('retry-after')).toBe(header);
	expect(sandbox.counters.throttled).toBe(1);
});

test.each([
	['revokedRefreshToken', 400, 'invalid_grant', 50173],
	['expiredSecret', 401, 'invalid_client', 7000222],
	['conditionalAccess', 400, 'invalid_grant', 53003],
	['mfaRequired', 400, 'invalid_grant', 50076],
	['anyAadsts', 400, 'temporarily_unavailable', 90033],
] as const)(
	'%s refuses at the token endpoint: %i %s AADSTS%i',
	async (name, status, error, code) => {
		switchOn(name);
		const response = await refresh();
		expect(response).toMatchObject({ status, body: { error, error_codes: [code] } });
		expect(await send()).toMatchObject({ status: 202 });
	},
);

test('anyAadsts takes the code', async () => {
	switchOn('anyAadsts', { code: 700082, times: 1 });
	expect((await refresh()).body.error_description).toMatch(/^AADSTS700082: The refresh token has/);
	expect((await refresh()).status).toBe(200);
});

test('a refusal may be for one application, and different for another', async () => {
	sandbox.faults.switchOn('anyAadsts', { code: 90006, clientId: 'another' });
	expect((await refresh()).status).toBe(200);
	const { id } = sandbox.directory.apps.roboMq;
	sandbox.faults.switchOn('anyAadsts', { code: 90033, clientId: id });
	expect((await refresh()).body.error_codes).toEqual([90033]);
	expect(sandbox.faults.list()).toHaveLength(2);
	await sandbox.faults.switchOff('anyAadsts');
	expect((await refresh()).status).toBe(200);
});

test('a fault passes the first requests, strikes so often, and only its operation', async () => {
	sandbox.faults.switchOn('error500', { after: 1, times: 2, operation: 'sendMail' });
	sandbox.faults.switchOn('throttle', { operation: ['draft', 'token'] });
	const statuses = [];
	for (let index = 0; index < 5; index += 1) statuses.push((await send()).status);
	expect(statuses).toEqual([202, 500, 500, 202, 202]);
	expect((await refresh()).status).toBe(429);
});

test('a fault of Graph leaves the token endpoint alone', async () => {
	sandbox.faults.switchOn('error500');
	expect((await refresh()).status).toBe(200);
});

test('every fault was tried', () => {
	expect([...tried].sort()).toEqual([...FAULT_NAMES].sort());
});
