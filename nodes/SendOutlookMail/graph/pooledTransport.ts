import { asError } from '../outcome/causeChain';
import type { Exchange } from '../outcome/exchange';
import { findSignInFailure } from '../outcome/signInFailure';
import type { AccessTokens } from './accessToken';
import { openConnectionPool } from './connectionPool';
import { allowedDestination } from './destination';
import type { EgressRules } from './egress';
import { exchangeOnce, type PreparedRequest, type TimeLimits } from './httpExchange';
import type { GraphRequest, Transport } from './transport';

export interface PooledTransportSettings {
	/** The only origin to which the token may travel. */
	graphOrigin: string;
	/** How many connections are kept at most. */
	connections: number;
	tokens: AccessTokens;
	egress?: EgressRules;
	limits?: TimeLimits;
}

const DEFAULT_LIMITS: TimeLimits = { connect: 20_000, answer: 120_000 };

/**
 * Carries requests over a few connections that stay open, with n8n's token and by n8n's egress
 * rules. A request that the token does not open is repeated once with a renewed one.
 */
export function createPooledTransport({
	graphOrigin,
	connections,
	tokens,
	egress,
	limits = DEFAULT_LIMITS,
}: PooledTransportSettings): Transport {
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
			if (exchange !== 'stale') return exchange;
		}
	};

	return {
		async exchange(request, signal) {
			try {
				const url = allowedDestination(request, graphOrigin);
				await egress?.check(url);
				if (request.anonymous) return await carry(request, url, undefined, signal);
				const token = await tokens.current();
				const exchange = await carry(request, url, token, signal);
				if (exchange.kind !== 'answered' || exchange.answer.status !== 401) return exchange;
				return await carry(request, url, await tokens.renewed(token), signal);
			} catch (error) {
				return beforeRequest(asError(error), signal);
			}
		},
		close: () => pool.close(),
	};
}

/** What is thrown concerns address, rules or token: Graph has not taken the request. */
function beforeRequest(cause: Error, signal: AbortSignal | undefined): Exchange {
	if (signal?.aborted) return { kind: 'stopped', stage: 'beforeRequest' };
	if (findSignInFailure(cause)) return { kind: 'signInRequired', cause };
	return { kind: 'broken', stage: 'beforeRequest', cause };
}
