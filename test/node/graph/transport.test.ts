import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import nock from 'nock';
import { SYSTEM_CLOCK } from '#node/facts/clock';
import { HostTokens, type AccessTokens } from '#node/graph/accessToken';
import { openConnectionPool } from '#node/graph/connectionPool';
import { createTransport, type GraphRequest } from '#node/graph/transport';
import { TestClock } from '../delivery/testClock';

const closing: Array<() => void> = [];

beforeAll(() => nock.restore());

afterEach(() => {
	for (const close of closing.splice(0)) close();
});

interface Received {
	method: string | undefined;
	headers: IncomingMessage['headers'];
	body: string;
}

/** A Graph that answers as told, and a transport to it whose tokens count up. */
async function graph(answer: (received: Received, response: ServerResponse) => void) {
	const received: Received[] = [];
	let connections = 0;
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const { method, headers } = request;
			received.push({ method, headers, body: Buffer.concat(chunks).toString('utf8') });
			answer(received.at(-1)!, response);
		});
	});
	server.on('connection', () => connections++);
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const graphOrigin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const rejected: string[] = [];
	const tokens: AccessTokens = {
		current: async () => `token-${rejected.length + 1}`,
		renewed: async (token) => `token-${rejected.push(token) + 1}`,
	};
	const transport = createTransport(openConnectionPool({ clock: SYSTEM_CLOCK, connections: 4 }), {
		graphOrigin,
		tokens,
	});
	closing.push(() => {
		transport.close();
		server.close();
	});
	const send = async (changes: Partial<GraphRequest> = {}) =>
		await transport.exchange({
			method: 'POST',
			url: `${graphOrigin}/v1.0/me/sendMail`,
			headers: { 'content-type': 'application/json' },
			body: '{"subject":"Grüße"}',
			...changes,
		});
	return { send, received, rejected, connections: () => connections };
}

test('a request carries method, headers, token and body as they are', async () => {
	const { send, received } = await graph((_received, response) =>
		response.writeHead(202, { 'Request-Id': 'graph-1', 'Set-Cookie': ['a', 'b'] }).end(),
	);
	expect(await send()).toEqual({
		kind: 'answered',
		verdict: 'accepted',
		answer: { status: 202, headers: { 'request-id': 'graph-1' }, isPage: false },
	});
	expect(received).toEqual([
		{
			method: 'POST',
			body: '{"subject":"Grüße"}',
			headers: expect.objectContaining({
				authorization: 'Bearer token-1',
				'content-type': 'application/json',
				'content-length': String(Buffer.byteLength('{"subject":"Grüße"}')),
			}),
		},
	]);
});

test('bytes go to an upload session without a token', async () => {
	const { send, received } = await graph((_received, response) => response.writeHead(201).end());
	const exchange = await send({ method: 'PUT', anonymous: true, body: new Uint8Array([104, 105]) });
	expect(exchange).toMatchObject({ answer: { status: 201 } });
	expect(received[0]).toMatchObject({ method: 'PUT', body: 'hi' });
	expect(received[0]!.headers.authorization).toBeUndefined();
});

test('a rejected token is renewed and the request repeated, once', async () => {
	const { send, received } = await graph(({ headers }, response) =>
		response.writeHead(headers.authorization === 'Bearer token-2' ? 202 : 401).end(),
	);
	expect(await send()).toMatchObject({ answer: { status: 202 } });
	expect(received).toHaveLength(2);
});

test('a token that is rejected twice is not renewed again', async () => {
	const { send, received, rejected } = await graph((_received, response) =>
		response.writeHead(401).end('{}'),
	);
	expect(await send()).toMatchObject({ kind: 'answered', answer: { status: 401 } });
	expect(received).toHaveLength(2);
	expect(rejected).toEqual(['token-1']);
});

test('an upload session that answers 401 costs no token', async () => {
	const { send, rejected } = await graph((_received, response) => response.writeHead(401).end());
	expect(await send({ anonymous: true })).toMatchObject({ answer: { status: 401 } });
	expect(rejected).toEqual([]);
});

test('a redirect is an answer and not an order', async () => {
	const { send, received } = await graph((_received, response) =>
		response.writeHead(307, { location: '/elsewhere' }).end(),
	);
	expect(await send()).toMatchObject({ answer: { status: 307 } });
	expect(received).toHaveLength(1);
});

test('however many mails there are, no more connections are made than granted', async () => {
	const { send, received, connections } = await graph((_received, response) =>
		response.writeHead(202).end(),
	);
	await Promise.all(Array.from({ length: 40 }, async () => await send()));
	expect(received).toHaveLength(40);
	expect(connections()).toBeLessThanOrEqual(4);
});

describe('a token that does not come', () => {
	const graphOrigin = 'https://graph.example';
	const request = { method: 'POST', url: `${graphOrigin}/v1.0/me/sendMail`, headers: {} } as const;
	const open = () => {
		const clock = new TestClock();
		const hanging = { getCredentials: async () => await new Promise(() => {}) };
		const tokens = new HostTokens(
			hanging as never,
			{ credentialType: 'customerOutlookOAuth2Api' },
			clock,
		);
		const pool = openConnectionPool({ connections: 1, clock });
		return { clock, transport: createTransport(pool, { graphOrigin, tokens }) };
	};

	test('is not waited for longer than 30 seconds; nothing was sent', async () => {
		const { clock, transport } = open();
		const waiting = [
			transport.prepare?.(new AbortController().signal),
			transport.exchange(request),
		];
		await clock.move(30_000);
		for (const exchange of await Promise.all(waiting)) {
			expect(exchange).toMatchObject({
				kind: 'broken',
				stage: 'beforeRequest',
				verdict: 'notTaken',
				renewing: true,
				cause: expect.objectContaining({
					message: 'The token endpoint did not answer within 30 seconds',
				}),
			});
		}
		expect(clock.pending).toBe(0);
	});

	test('is not waited for once the execution is stopped', async () => {
		const stop = new AbortController();
		const { clock, transport } = open();
		const waiting = [transport.prepare?.(stop.signal), transport.exchange(request, stop.signal)];
		stop.abort();
		for (const exchange of await Promise.all(waiting)) {
			expect(exchange).toMatchObject({ kind: 'stopped', verdict: 'stopped' });
		}
		expect(clock.pending).toBe(0);
	});
});
