import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { DEFAULT_RETRY_POLICY, nextDelayMs } from '#node/delivery/retry';
import { explainExchange } from '#node/explain/exchange';
import { SYSTEM_CLOCK } from '#node/facts/clock';
import { openConnectionPool } from '#node/graph/connectionPool';
import { createTransport } from '#node/graph/transport';
import { fuzzAnswer, type FuzzAnswer } from './answers';
import { Random } from './random';
import { REPEAT, SEED } from './seed';

const CASES = 2_000;
const LANES = 4;

/** Answers each request with the case that its path names, byte for byte. */
function openServer(
	answers: readonly FuzzAnswer[],
	sockets: Set<Socket>,
	arrived: Set<number>,
): Server {
	return createServer((socket) => {
		sockets.add(socket);
		socket.on('error', () => socket.destroy());
		let received = '';
		socket.on('data', (data) => {
			received += data.toString('latin1');
			const number = /^POST \/(\d+) HTTP\/1\.1\r\n[\s\S]*\r\n\r\n\{\}$/.exec(received)?.[1];
			if (number === undefined) return;
			received = '';
			arrived.add(Number(number));
			const { bytes, keepAlive } = answers[Number(number)]!;
			if (keepAlive) socket.write(bytes);
			else socket.end(bytes);
		});
	});
}

test(`${CASES} answers of Graph: no crash, no hang, no wrong accepted (${REPEAT})`, async () => {
	const random = new Random(SEED);
	const answers = Array.from({ length: CASES }, () => fuzzAnswer(random));
	const sockets = new Set<Socket>();
	const arrived = new Set<number>();
	const server = openServer(answers, sockets, arrived);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const graphOrigin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const transport = createTransport(
		openConnectionPool({
			clock: SYSTEM_CLOCK,
			connections: LANES,
			limits: { connect: 5_000, answer: 5_000 },
		}),
		{
			graphOrigin,
			tokens: { current: async () => 'token-1', renewed: async () => 'token-2' },
		},
	);
	const wrong: string[] = [];
	const seen = new Map<string, number>();
	let next = 0;
	const lane = async () => {
		for (let number = next++; number < CASES; number = next++) {
			const { status, complete, page, bytes } = answers[number]!;
			const exchange = await transport.exchange({
				method: 'POST',
				url: `${graphOrigin}/${number}`,
				headers: { 'content-type': 'application/json' },
				body: '{}',
			});
			const { verdict } = exchange;
			seen.set(verdict, (seen.get(verdict) ?? 0) + 1);
			const note = (what: string) =>
				wrong.push(`${number}: ${what}, ${verdict}: ${bytes.subarray(0, 200).toString('latin1')}`);
			if (verdict === 'accepted' && status !== 202) note('accepted without a 202');
			// Bytes behind an answer can spoil a kept connection before the next request leaves on it.
			const hasLeft = exchange.kind !== 'broken' || exchange.stage !== 'beforeRequest';
			if (status === 202 && complete && hasLeft && (verdict === 'accepted') === page) {
				note(page ? 'accepted by a page' : 'a 202 that does not count');
			}
			if (exchange.kind === 'broken' && /in time/.test(exchange.cause.message)) note('a hang');
			if (!hasLeft && arrived.has(number)) note('it had left');

			const tried = { throttled: 1, failed: 1, waitedMs: 0 };
			const delayMs = nextDelayMs(exchange, tried, DEFAULT_RETRY_POLICY, SYSTEM_CLOCK) ?? 1;
			if (!(delayMs > 0 && delayMs <= DEFAULT_RETRY_POLICY.maxWaitMs)) note(`waits ${delayMs} ms`);
			if (verdict === 'accepted') continue;
			const failure = explainExchange(exchange, 'ours', { application: 'customer' });
			if (!failure.code || !failure.message || !failure.remedy) note('an explanation with a gap');
			if (JSON.stringify(failure).length > 3_000) note('an explanation without end');
		}
	};
	await Promise.all(Array.from({ length: LANES }, lane));
	transport.close();
	for (const socket of sockets) socket.destroy();
	await new Promise((resolve) => server.close(resolve));

	expect(wrong).toEqual([]);
	seen.delete('notTaken');
	// So many cases reach every verdict that an answer can have.
	expect([...seen.keys()].sort()).toEqual([
		'accepted',
		'refused',
		'throttled',
		'unauthorized',
		'unknown',
	]);
}, 60_000);
