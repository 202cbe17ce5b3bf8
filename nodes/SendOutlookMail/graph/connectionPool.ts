import { addAbortListener } from 'node:events';
import {
	Agent as HttpAgent,
	request as httpRequest,
	type ClientRequest,
	type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Clock } from '../facts/clock';
import { answered, broken, stopped, type BreakStage, type Exchange } from './exchange';
import { readBlocked, type EgressRules } from './network';
import type { Carrier, GraphRequest } from './transport';
import { LONGEST_ERROR_BODY, textHeaders, type RawAnswer } from './verdict';

/** In milliseconds. */
export interface TimeLimits {
	/** From the start until a byte of the request can leave: name lookup, connecting, TLS. */
	connect: number;
	/** From then until the answer has been read. */
	answer: number;
}

interface PoolSettings {
	/** How many connections to one origin are kept at most. */
	connections: number;
	egress?: EgressRules | undefined;
	limits?: Partial<TimeLimits> | undefined;
	clock: Clock;
}

const DEFAULT_LIMITS: TimeLimits = { connect: 20_000, answer: 120_000 };

/**
 * Connections that stay open between requests. An idle one is dropped when the server ends it or when
 * the time is over that the server's `Keep-Alive` header grants. n8n's egress rules hold.
 */
export function openConnectionPool({
	connections,
	egress,
	limits: changedLimits,
	clock,
}: PoolSettings): Required<Carrier> {
	const limits = { ...DEFAULT_LIMITS, ...changedLimits };
	const options = {
		keepAlive: true,
		maxSockets: connections,
		maxFreeSockets: connections,
		// The one used last is the least likely to have been ended meanwhile.
		scheduling: 'lifo',
		...(egress ? { lookup: egress.lookup } : {}),
	} as const;
	const agents = { http: new HttpAgent(options), https: new HttpsAgent(options) };
	return {
		async carry(request, signal) {
			const url = new URL(request.url);
			await egress?.check(url);
			const agent = url.protocol === 'http:' ? agents.http : agents.https;
			// Each stale connection leaves the pool, so this ends with one that is alive or new.
			for (;;) {
				const exchange = await exchangeOnce(request, { agent, limits, clock }, signal);
				if (exchange === 'stale') continue;
				return exchange.kind === 'broken' && exchange.stage === 'beforeRequest'
					? (readBlocked(exchange.cause, url) ?? exchange)
					: exchange;
			}
		},
		close() {
			agents.http.destroy();
			agents.https.destroy();
		},
	};
}

/**
 * One request over one connection of the pool, without following redirects. Nothing of it is
 * written before the connection is made and found alive, so the stage of a break is known and not
 * guessed from error codes.
 *
 * @returns `stale` when a kept connection turned out to be ended before a byte of this request was
 * written to it: the pool no longer has it, and the request can go over another
 */
async function exchangeOnce(
	request: GraphRequest,
	pool: { agent: HttpAgent; limits: TimeLimits; clock: Clock },
	signal: AbortSignal | undefined,
): Promise<Exchange | 'stale'> {
	if (signal?.aborted) return stopped('beforeRequest');
	return await new Promise((resolve) => {
		const outgoing = start(request, pool.agent);
		const limit = (milliseconds: number, what: string) =>
			pool.clock.after(milliseconds, () => outgoing.destroy(new Error(what)));
		let cancelLimit = limit(pool.limits.connect, 'The connection was not made in time');
		const stop = () => outgoing.destroy(new Error('The execution was stopped'));
		const listener = signal && addAbortListener(signal, stop);
		const finish = (exchange: Exchange | 'stale') => {
			cancelLimit();
			listener?.[Symbol.dispose]();
			resolve(exchange);
		};

		let stage: BreakStage = 'beforeRequest';
		let hasAnswered = false;
		const breakOff = (cause: Error) => {
			if (hasAnswered) return;
			if (signal?.aborted) finish(stopped(stage));
			else if (stage === 'beforeRequest' && outgoing.reusedSocket) finish('stale');
			else finish(broken(stage, cause));
		};
		outgoing.once('socket', (socket) =>
			whenConnected(socket, () => {
				if (outgoing.destroyed || socket.destroyed) return;
				cancelLimit();
				cancelLimit = limit(pool.limits.answer, 'The answer did not come in time');
				stage = 'afterRequest';
				outgoing.end(request.body);
			}),
		);
		outgoing.once('response', (response) => {
			// A server may say why it closes an idle connection; that does not answer this request.
			if (stage === 'beforeRequest') return outgoing.destroy();
			hasAnswered = true;
			void readAnswer(response, request.keepJson).then((answer) =>
				afterPendingIo(() => {
					// By now the connection is back in the pool, unless the server answered without reading
					// the request to its end.
					outgoing.destroy();
					finish(answered(answer, request));
				}),
			);
		});
		outgoing.on('error', breakOff);
		outgoing.once('close', () => breakOff(new Error('The connection was closed')));
	});
}

function start({ url, method, headers, body }: GraphRequest, agent: HttpAgent): ClientRequest {
	const make = agent instanceof HttpsAgent ? httpsRequest : httpRequest;
	const length = body === undefined ? 0 : Buffer.byteLength(body);
	const sized = body !== undefined || method !== 'GET' ? { 'content-length': length } : {};
	return make(url, { agent, method, headers: { ...headers, ...sized } });
}

/**
 * Calls `next` after everything that has reached this machine by now was handled. The first immediate
 * ends the current round of events; before the second, Node.js asks the operating system for what came
 * since.
 * https://nodejs.org/en/learn/asynchronous-work/event-loop-timers-and-nexttick
 */
function afterPendingIo(next: () => void): void {
	setImmediate(() => setImmediate(next));
}

/**
 * Calls `next` once a byte can leave over this connection: it is made, over TLS the server's
 * certificate was found good, and whatever the server did until now has been read. A server that
 * has ended the connection by then, idle or new, has ended it before the request and not after it.
 */
function whenConnected(socket: Socket, next: () => void): void {
	const { connecting, encrypted, secureConnecting } = socket as Socket &
		Partial<Pick<TLSSocket, 'encrypted'>> & { secureConnecting?: boolean };
	if (!connecting && !secureConnecting) return afterPendingIo(next);
	socket.once(encrypted ? 'secureConnect' : 'connect', () => afterPendingIo(next));
}

/** What is read of a body that was asked for, in bytes. Graph's largest is a draft of 4 MB. */
const LONGEST_WANTED_BODY = 16 * 1024 * 1024;

/**
 * Reads an answer whose headers are complete. Status and headers are what decides, so a body that
 * is cut off or endless does not undo them: it ends where it was cut.
 *
 * @param keepJson whether the body was asked for
 */
async function readAnswer(response: IncomingMessage, keepJson = false): Promise<RawAnswer> {
	const longest = keepJson ? LONGEST_WANTED_BODY : LONGEST_ERROR_BODY;
	const chunks: Buffer[] = [];
	let size = 0;
	try {
		for await (const chunk of response as AsyncIterable<Buffer>) {
			chunks.push(chunk);
			size += chunk.length;
			if (size > longest) break;
		}
	} catch {
		// The connection broke in the body; what has come is the answer.
	}
	return {
		status: response.statusCode ?? 0,
		headers: textHeaders(response.headers),
		body: Buffer.concat(chunks).toString('utf8'),
	};
}
