import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Clock } from '../facts/clock';
import { exchangeOnce, type TimeLimits } from './httpExchange';
import { readBlocked, type EgressRules } from './network';
import type { Carrier } from './transport';

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
}: PoolSettings): Carrier {
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
				const exchange = await exchangeOnce({ ...request, url, agent, limits, clock }, signal);
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
