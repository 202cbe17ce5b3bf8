import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { LookupFunction } from 'node:net';

export interface ConnectionPool {
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
export function openConnectionPool(size: number, lookup?: LookupFunction): ConnectionPool {
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
