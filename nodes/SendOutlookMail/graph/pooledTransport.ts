import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { LookupFunction } from 'node:net';
import { asError } from '../facts/causeChain';
import { SYSTEM_CLOCK } from '../facts/clock';
import { readBlocked, readNoToken, type EgressRules } from './network';
import { broken, stopped, type Exchange } from './exchange';
import type { AccessTokens } from './accessToken';
import { exchangeOnce, type PreparedRequest, type TimeLimits } from './httpExchange';
import { allowedDestination, type GraphRequest, type Transport } from './graphClient';

export interface PooledTransportSettings {
	/** The only origin to which the token may travel. */
	graphOrigin: string;
	/** Where the token is renewed, for explanations. */
	loginOrigin?: string | undefined;
	/** How many connections are kept at most. */
	connections: number;
	tokens: AccessTokens;
	egress?: EgressRules;
	limits?: Partial<TransportLimits>;
}

/** In milliseconds. */
export interface TransportLimits extends TimeLimits {
	/** How long a token is waited for. */
	token: number;
}

const DEFAULT_LIMITS: TransportLimits = { connect: 20_000, answer: 120_000, token: 30_000 };

/**
 * Carries requests over a few connections that stay open, with n8n's token and by n8n's egress
 * rules. A request that the token does not open is repeated once with a renewed one.
 */
export function createPooledTransport({
	graphOrigin,
	loginOrigin,
	connections,
	tokens,
	egress,
	limits: changedLimits,
}: PooledTransportSettings): Transport {
	const limits = { ...DEFAULT_LIMITS, ...changedLimits };
	const pool = openConnectionPool(connections, egress?.lookup);

	const carry = async (
		request: GraphRequest,
		url: URL,
		token: string | undefined,
		signal: AbortSignal | undefined,
	): Promise<Exchange> => {
		const prepared: PreparedRequest = {
			...request,
			url,
			headers: { ...request.headers, ...(token ? { authorization: `Bearer ${token}` } : {}) },
			agent: pool.agentFor(url),
			limits,
		};
		// Each stale connection leaves the pool, so this ends with one that is alive or new.
		for (;;) {
			const exchange = await exchangeOnce(prepared, signal);
			if (exchange === 'stale') continue;
			return exchange.kind === 'broken' && exchange.stage === 'beforeRequest'
				? (readBlocked(exchange.cause, url) ?? exchange)
				: exchange;
		}
	};

	const withoutToken = ({ cause }: NoToken, signal: AbortSignal | undefined): Exchange =>
		signal?.aborted ? stopped('beforeRequest') : readNoToken(cause, loginOrigin);
	const token = async (signal: AbortSignal | undefined): Promise<string> =>
		tokens.known() ?? (await orNoToken(tokens.current(), limits.token, signal));

	return {
		async prepare(signal) {
			try {
				await token(signal);
				return undefined;
			} catch (error) {
				return withoutToken(error as NoToken, signal);
			}
		},
		async exchange(request, signal) {
			try {
				const url = allowedDestination(request, graphOrigin);
				await egress?.check(url);
				if (request.anonymous) return await carry(request, url, undefined, signal);
				const sent = await token(signal);
				const exchange = await carry(request, url, sent, signal);
				if (exchange.kind !== 'answered' || exchange.answer.status !== 401) return exchange;
				const renewed = await orNoToken(tokens.renewed(sent), limits.token, signal);
				return await carry(request, url, renewed, signal);
			} catch (error) {
				// What is thrown concerns address, rules or token: Graph has not taken the request.
				if (signal?.aborted) return stopped('beforeRequest');
				if (error instanceof NoToken) return withoutToken(error, signal);
				const cause = asError(error);
				const destination = URL.canParse(request.url) ? new URL(request.url) : undefined;
				return readBlocked(cause, destination) ?? broken('beforeRequest', cause);
			}
		},
		close: () => pool.close(),
	};
}

/** There is no token to send with, so the request was not made. */
class NoToken extends Error {
	constructor(override readonly cause: Error) {
		super('There is no token');
	}
}

/** n8n's own request to the token endpoint may hang for minutes, and knows no signal. */
async function orNoToken(
	token: Promise<string>,
	limitMs: number,
	signal: AbortSignal | undefined,
): Promise<string> {
	const settled = new AbortController();
	const limit = SYSTEM_CLOCK.wait(
		limitMs,
		signal ? AbortSignal.any([signal, settled.signal]) : settled.signal,
	);
	return await Promise.race([token, limit.then(async (end) => await noToken(end, limitMs))])
		.catch((error: unknown) => {
			throw new NoToken(asError(error));
		})
		.finally(() => settled.abort());
}

async function noToken(end: 'waited' | 'stopped', limitMs: number): Promise<never> {
	return await Promise.reject(
		new Error(
			end === 'stopped'
				? 'The execution was stopped'
				: `The token endpoint did not answer within ${limitMs / 1000} seconds`,
		),
	);
}

interface ConnectionPool {
	/** The agent for `http:` or `https:`. */
	agentFor(url: URL): HttpAgent;
	/** Ends every connection, idle or not. Safe to call twice. */
	close(): void;
}

/**
 * Connections that stay open between requests, at most `size` to one origin. An idle one is dropped
 * when the server ends it or when the time is over that the server's `Keep-Alive` header grants.
 *
 * @param lookup resolves host names by n8n's egress rules
 */
function openConnectionPool(size: number, lookup?: LookupFunction): ConnectionPool {
	const options = {
		keepAlive: true,
		maxSockets: size,
		maxFreeSockets: size,
		// The one used last is the least likely to have been ended meanwhile.
		scheduling: 'lifo',
		...(lookup ? { lookup } : {}),
	} as const;
	const agents = { http: new HttpAgent(options), https: new HttpsAgent(options) };
	return {
		agentFor: ({ protocol }) => (protocol === 'http:' ? agents.http : agents.https),
		close() {
			agents.http.destroy();
			agents.https.destroy();
		},
	};
}
