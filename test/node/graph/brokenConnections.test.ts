import type { LookupFunction } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import nock from 'nock';
import { SYSTEM_CLOCK } from '#node/facts/clock';
import { openConnectionPool } from '#node/graph/connectionPool';
import type { Exchange } from '#node/graph/exchange';
import { createTransport, type Transport } from '#node/graph/transport';
import { createServerCertificate, type ServerCertificate } from '../../loopback/certificate';
import {
	startScriptedServer,
	type BareScript,
	type Peer,
	type Script,
	type ScriptedServer,
} from '../../loopback/scriptedServer';

const BODY = JSON.stringify({ message: { subject: 'END-OF-BODY' } });
const ACCEPTED = 'HTTP/1.1 202 Accepted\r\nrequest-id: graph-1\r\nContent-Length: 0\r\n\r\n';

let certificate: ServerCertificate;
let untrusted: ServerCertificate;
const closing: Array<() => void> = [];

beforeAll(async () => {
	// Real connections, not nock's.
	nock.restore();
	certificate = await createServerCertificate();
	untrusted = await createServerCertificate();
	setDefaultCACertificates([...getCACertificates('default'), certificate.cert]);
});

afterEach(() => {
	for (const close of closing.splice(0)) close();
});

async function serve(
	script: Script,
	options: { certificate?: ServerCertificate; bare?: BareScript } = {},
): Promise<ScriptedServer> {
	const server = await startScriptedServer(script, options);
	closing.push(server.close);
	return server;
}

function transportTo(
	graphOrigin: string,
	changes: { lookup?: LookupFunction; answerMs?: number } = {},
): Transport {
	const transport = createTransport(
		openConnectionPool({
			clock: SYSTEM_CLOCK,
			connections: 4,
			limits: { connect: 5_000, answer: changes.answerMs ?? 5_000 },
			...(changes.lookup ? { egress: { check: async () => {}, lookup: changes.lookup } } : {}),
		}),
		{
			graphOrigin,
			tokens: { current: async () => 'token-1', renewed: async () => 'token-2' },
		},
	);
	closing.push(() => transport.close());
	return transport;
}

async function send(transport: Transport, origin: string, body = BODY): Promise<Exchange> {
	return await transport.exchange({
		method: 'POST',
		url: `${origin}/v1.0/me/sendMail`,
		headers: { 'content-type': 'application/json' },
		body,
	});
}

const before = { kind: 'broken', stage: 'beforeRequest' };
const after = { kind: 'broken', stage: 'afterRequest' };
const accepted = { kind: 'answered', verdict: 'accepted', answer: { status: 202 } };

describe('cut before a byte of the request left', () => {
	test('during the name lookup', async () => {
		const lookup: LookupFunction = (_host, _options, done) =>
			done(Object.assign(new Error('queryA ETIMEOUT'), { code: 'ETIMEOUT' }), '', 4);
		const origin = 'https://graph.invalid';
		expect(await send(transportTo(origin, { lookup }), origin)).toMatchObject(before);
	});

	test('while connecting', async () => {
		const server = await serve(() => {});
		server.close();
		expect(await send(transportTo(server.origin), server.origin)).toMatchObject(before);
	});

	test.each<[string, BareScript]>([
		['before the TLS handshake', (socket) => (socket.destroy(), false)],
		[
			'in the middle of the TLS handshake',
			(socket) => {
				socket.once('data', () => socket.destroy());
				return false;
			},
		],
		[
			'by a reset in the middle of the TLS handshake',
			(socket) => {
				socket.once('data', () => socket.resetAndDestroy());
				return false;
			},
		],
		[
			'by something that does not speak TLS',
			(socket) => {
				socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
				return false;
			},
		],
	])('%s', async (_name, bare) => {
		const server = await serve(() => {}, { certificate, bare });
		expect(await send(transportTo(server.origin), server.origin)).toMatchObject(before);
	});

	test('because the certificate is not trusted: the server sees nothing of the request', async () => {
		let peer: Peer | undefined;
		const server = await serve((connected) => void (peer = connected), { certificate: untrusted });
		expect(await send(transportTo(server.origin), server.origin)).toMatchObject(before);
		expect(peer?.received() ?? '').toBe('');
	});
});

describe.each(['http', 'https'])('cut after the request may have left, over %s', (protocol) => {
	const options = () => (protocol === 'https' ? { certificate } : {});

	test('in the middle of the request body', async () => {
		const server = await serve(async ({ reset, receives }) => {
			await receives('"xxxx');
			reset();
		}, options());
		const large = JSON.stringify({ body: 'x'.repeat(20_000_000) });
		expect(await send(transportTo(server.origin), server.origin, large)).toMatchObject(after);
	});

	test.each([
		['before the answer', ''],
		['in the status line', 'HTTP/1.1 20'],
		['in the headers', 'HTTP/1.1 202 Accepted\r\nrequest-id: gra'],
		['by an answer that is not HTTP', '<html>\r\n\r\n'],
	])('%s', async (_name, answer) => {
		const server = await serve(async ({ socket, receives }) => {
			await receives('END-OF-BODY');
			socket.end(answer);
		}, options());
		expect(await send(transportTo(server.origin), server.origin)).toMatchObject(after);
	});

	test('by a server that does not answer in time', async () => {
		const server = await serve(() => {}, options());
		const transport = transportTo(server.origin, { answerMs: 50 });
		expect(await send(transport, server.origin)).toMatchObject(after);
	});

	test('by an answer that comes before the request is read to its end: it counts', async () => {
		const server = await serve(async ({ socket, receives }) => {
			await receives('"xxxx');
			socket.pause();
			socket.write('HTTP/1.1 413 Payload Too Large\r\nContent-Length: 0\r\n\r\n');
		}, options());
		const large = JSON.stringify({ body: 'x'.repeat(20_000_000) });
		expect(await send(transportTo(server.origin), server.origin, large)).toMatchObject({
			kind: 'answered',
			answer: { status: 413 },
		});
	});

	test('in the body of the answer: status and headers are the answer', async () => {
		const server = await serve(async ({ socket, receives }) => {
			await receives('END-OF-BODY');
			socket.end('HTTP/1.1 202 Accepted\r\nContent-Length: 100\r\n\r\nhalf of ');
		}, options());
		expect(await send(transportTo(server.origin), server.origin)).toMatchObject({
			kind: 'answered',
			answer: { status: 202 },
		});
	});
});

describe.each(['http', 'https'])('a kept connection, over %s', (protocol) => {
	const options = () => (protocol === 'https' ? { certificate } : {});

	/** Accepts every mail of the first connection, then lets the test end it. */
	async function serveWithEnd(end: (peer: Peer) => void) {
		let first: Peer | undefined;
		const received: Peer[] = [];
		const server = await serve(async (peer) => {
			first ??= peer;
			received.push(peer);
			for (;;) {
				await peer.receives('END-OF-BODY');
				peer.socket.write(ACCEPTED);
			}
		}, options());
		return { server, endFirst: () => end(first!), received };
	}

	test('carries mail after mail', async () => {
		const { server } = await serveWithEnd(() => {});
		const transport = transportTo(server.origin);
		for (let mail = 0; mail < 5; mail++) {
			expect(await send(transport, server.origin)).toMatchObject(accepted);
		}
		expect(server.connections()).toBe(1);
	});

	test.each<[string, (peer: Peer) => void]>([
		['closed', ({ socket }) => socket.end()],
		['reset', ({ reset }) => reset()],
		[
			'closed with a word about it',
			({ socket }) => socket.end('HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n'),
		],
	])('that the server %s while idle carries no byte; the mail takes a new one', async (_n, end) => {
		const { server, endFirst, received } = await serveWithEnd(end);
		const transport = transportTo(server.origin);
		await send(transport, server.origin);
		const bytes = received[0]!.received().length;

		// In the same breath: the end is on its way, but Node.js has not heard of it.
		endFirst();
		expect(await send(transport, server.origin)).toMatchObject(accepted);

		expect(server.connections()).toBe(2);
		expect(received[0]!.received()).toHaveLength(bytes);
	});

	test('is cut during the second mail: unknown, since it may have left', async () => {
		const server = await serve(async ({ socket, receives }) => {
			await receives('END-OF-BODY');
			socket.write(ACCEPTED);
			await receives('END-OF-BODY');
			socket.destroy();
		}, options());
		const transport = transportTo(server.origin);
		expect(await send(transport, server.origin)).toMatchObject(accepted);
		expect(await send(transport, server.origin)).toMatchObject(after);
		expect(server.connections()).toBe(1);
	});

	test('is not used any more when the time granted by the server is nearly over', async () => {
		const server = await serve(async ({ socket, receives }) => {
			for (;;) {
				await receives('END-OF-BODY');
				socket.write('HTTP/1.1 202 Accepted\r\nKeep-Alive: timeout=1\r\nContent-Length: 0\r\n\r\n');
			}
		}, options());
		const transport = transportTo(server.origin);
		await send(transport, server.origin);
		await send(transport, server.origin);
		expect(server.connections()).toBe(2);
	});
});

describe('a stopped execution', () => {
	test('before the request left', async () => {
		const origin = 'https://graph.invalid';
		const stop = new AbortController();
		const lookup: LookupFunction = () => stop.abort();
		const exchange = await transportTo(origin, { lookup }).exchange(
			{ method: 'POST', url: `${origin}/v1.0/me/sendMail`, headers: {}, body: BODY },
			stop.signal,
		);
		expect(exchange).toMatchObject({ kind: 'stopped', stage: 'beforeRequest' });
	});

	test('after it left', async () => {
		const stop = new AbortController();
		const server = await serve(async ({ receives }) => {
			await receives('END-OF-BODY');
			stop.abort();
		});
		const exchange = await transportTo(server.origin).exchange(
			{ method: 'POST', url: `${server.origin}/v1.0/me/sendMail`, headers: {}, body: BODY },
			stop.signal,
		);
		expect(exchange).toMatchObject({ kind: 'stopped', stage: 'afterRequest' });
	});
});
