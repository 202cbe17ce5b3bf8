import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent as PlainAgent, request as plainRequest } from 'node:http';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { startSandbox, type Sandbox } from '#sandbox/index';
import { howToLink } from '#sandbox/linking';
import { connectSandbox } from '#sandbox/remote';
import { mailTo } from './client';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ tls: true });
});
afterAll(async () => await sandbox.close());

/** One mail with a token that nobody issued: for counting connections 401 is as good as 202. */
async function send(agent: PlainAgent, to = sandbox): Promise<number> {
	const ask = to.caCertificatePem === undefined ? plainRequest : request;
	const sent = ask(`${to.graphOrigin}/v1.0/me/sendMail`, {
		method: 'POST',
		agent,
		headers: { 'content-type': 'application/json' },
	});
	sent.end(JSON.stringify(mailTo('new.hire@contoso.example')));
	const [response] = (await once(sent, 'response')) as [import('node:http').IncomingMessage];
	response.resume();
	await once(response, 'end');
	return response.statusCode ?? 0;
}

test('counts connections and handshakes, and keeps a connection alive', async () => {
	const agent = new Agent({ keepAlive: true, maxSockets: 1, ca: sandbox.caCertificatePem ?? '' });
	for (let index = 0; index < 3; index += 1) expect(await send(agent)).toBe(401);
	agent.destroy();
	expect(sandbox.counters.connections).toEqual({ login: 0, graph: 1, upload: 0 });
	expect(sandbox.counters.tlsHandshakes).toEqual({ login: 0, graph: 1, upload: 0 });
	expect(new Set(sandbox.requests.map(({ connection }) => connection)).size).toBe(1);
});

test('dropOnConnect breaks the handshake, refuseConnections the connection', async () => {
	const ca = sandbox.caCertificatePem ?? '';
	const attempt = async () => await send(new Agent({ ca }));
	sandbox.reset();
	sandbox.faults.switchOn('dropOnConnect', { times: 1 });
	await expect(attempt()).rejects.toMatchObject({ code: 'ECONNRESET' });
	expect(sandbox.requests).toHaveLength(0);
	expect(await attempt()).toBe(401);
	sandbox.faults.switchOn('refuseConnections');
	await expect(attempt()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
	await sandbox.faults.switchOff();
	expect(await attempt()).toBe(401);
});

test.each([true, false])(
	'with tls %p a new connection may take its time, an open one does not',
	async (tls) => {
		const slow = await startSandbox({ tls, connectLatencyMs: 61 });
		const ca = slow.caCertificatePem ?? '';
		const agent = tls ? new Agent({ keepAlive: true, ca }) : new PlainAgent({ keepAlive: true });
		const timers = jest.spyOn(globalThis, 'setTimeout');
		const waits = () => timers.mock.calls.filter(([, milliseconds]) => milliseconds === 61).length;
		expect(await send(agent, slow)).toBe(401);
		expect(waits()).toBe(1);
		expect(await send(agent, slow)).toBe(401);
		expect(waits()).toBe(1);
		expect(slow.counters.connections.graph).toBe(1);
		timers.mockRestore();
		agent.destroy();
		await slow.close();
	},
);

test('a client that does not trust the authority is not served', async () => {
	await expect(send(new Agent())).rejects.toMatchObject({
		code: expect.stringMatching(/CERT|VERIFY/),
	});
});

test('a port in use is an error, and nothing is left open', async () => {
	const graphPort = Number(new URL(sandbox.graphOrigin).port);
	await expect(startSandbox({ graphPort })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('runs in a process of its own, says where, and ends when it is told', async () => {
	const main = join(__dirname, '../../sandbox/main.ts');
	const child = spawn(process.execPath, ['--import', 'tsx', main, '--concurrency', '2'], {
		env: { ...process.env, SANDBOX_LATENCY: '5' },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const messages = text(child.stderr);
	const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
	const addresses = JSON.parse(line) as Pick<Sandbox, 'loginOrigin' | 'graphOrigin'>;
	const { loginOrigin, graphOrigin } = addresses;
	const state = await connectSandbox(loginOrigin).state();
	expect(state).toMatchObject({ graphOrigin, settings: { concurrencyLimit: 2, latencyMs: 5 } });
	child.kill('SIGTERM');
	expect((await once(child, 'exit'))[0]).toBe(0);
	expect(await messages).toContain(howToLink({ ...sandbox, ...addresses }));
}, 20_000);
