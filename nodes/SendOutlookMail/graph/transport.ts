import { asError } from '../facts/failure';
import { NoToken, type AccessTokens } from './accessToken';
import { broken, stopped, type Exchange } from './exchange';
import { readBlocked, readNoToken } from './network';

/** A request to Graph, before the transport adds the token. */
export interface GraphRequest {
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** Absolute, on the Graph host of the credential. */
	url: string;
	headers: Readonly<Record<string, string>>;
	body?: string | Uint8Array | undefined;
	/** Whether the JSON of a success is read; it is dropped otherwise. */
	keepJson?: boolean | undefined;
	/**
	 * Sends no token. For addresses that carry their own permission, as those of upload sessions do;
	 * only then may the URL name another https host.
	 * https://learn.microsoft.com/graph/outlook-large-attachments
	 */
	anonymous?: boolean;
}

/** Carries requests to Graph with the host's token, over the host's network rules. */
export interface Transport {
	exchange(request: GraphRequest, signal?: AbortSignal): Promise<Exchange>;
	/**
	 * Gets a token, so that the next exchange need not wait for one.
	 *
	 * @returns why there is none
	 */
	prepare?(signal: AbortSignal): Promise<Exchange | undefined>;
	/** Closes what the transport keeps open. Safe to call twice. */
	close(): void;
}

/**
 * Where a request may go: with the token to the Graph origin of the credential and nowhere else,
 * without it to any https address, such as that of an upload session. A Graph on this machine that is
 * reached over plain http may have its uploads there, too.
 *
 * @throws {Error} for every other address, before a connection is made
 */
export function checkDestination(
	{ url, anonymous }: Pick<GraphRequest, 'url' | 'anonymous'>,
	graphOrigin: string,
): void {
	const destination = new URL(url);
	const graph = new URL(graphOrigin);
	if (destination.origin === graph.origin) return;
	if (anonymous === true) {
		if (destination.protocol === 'https:') return;
		const isLocal = graph.protocol === 'http:' && destination.hostname === graph.hostname;
		if (isLocal && destination.protocol === 'http:') return;
	}
	throw new Error(`A request to ${destination.origin} is not one to the Graph of this credential`);
}

/** Makes one request as it is, with the headers that it has. */
export interface Carrier {
	/** @throws only what happened before a byte of the request left */
	carry(request: GraphRequest, signal: AbortSignal | undefined): Promise<Exchange>;
	/** Closes what is kept open between requests. Safe to call twice. */
	close?(): void;
}

export interface TransportSettings {
	/** The only origin to which the token may be sent. */
	graphOrigin: string;
	/** Where the token is renewed, for explanations. */
	loginOrigin?: string | undefined;
	/** Absent where the carrier adds the token itself. */
	tokens?: AccessTokens | undefined;
}

/** Adds the token to requests. If Graph rejects the token, the request is repeated once with a new one. */
export function createTransport(
	carrier: Carrier,
	{ graphOrigin, loginOrigin, tokens }: TransportSettings,
): Transport {
	/** What is thrown concerns address, rules or token: Graph has not taken the request. */
	const notMade = (error: unknown, url: string, signal: AbortSignal | undefined): Exchange => {
		if (signal?.aborted) return stopped('beforeRequest');
		if (error instanceof NoToken) return readNoToken(error.cause, loginOrigin);
		const cause = asError(error);
		const destination = URL.canParse(url) ? new URL(url) : undefined;
		return readBlocked(cause, destination) ?? broken('beforeRequest', cause);
	};
	return {
		prepare: async (signal) =>
			await tokens?.current(signal).then(
				() => undefined,
				(error: unknown) => notMade(error, graphOrigin, signal),
			),
		async exchange(request, signal) {
			const carryWith = async (token: string) => {
				const headers = { ...request.headers, authorization: `Bearer ${token}` };
				return await carrier.carry({ ...request, headers }, signal);
			};
			try {
				checkDestination(request, graphOrigin);
				if (request.anonymous || !tokens) return await carrier.carry(request, signal);
				const token = await tokens.current(signal);
				const exchange = await carryWith(token);
				if (exchange.kind !== 'answered' || exchange.answer.status !== 401) return exchange;
				return await carryWith(await tokens.renewed(token, signal));
			} catch (error) {
				return notMade(error, request.url, signal);
			}
		},
		close: () => carrier.close?.(),
	};
}
