import type { Exchange } from './exchange';

/** A request to Graph, before the transport adds the token. */
export interface GraphRequest {
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** Absolute, on the Graph host of the credential. */
	url: string;
	headers: Readonly<Record<string, string>>;
	body?: string | Uint8Array;
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
	/** Ends what the transport keeps open. Safe to call twice. */
	close(): void;
}

/**
 * Where a request may go: with the token to the Graph origin of the credential and nowhere else,
 * without it to any https address, such as that of an upload session. A Graph on this machine, spoken
 * to in plain http, may have its uploads there, too.
 *
 * @throws {Error} for every other address, before a connection is made
 */
export function allowedDestination(
	{ url, anonymous }: Pick<GraphRequest, 'url' | 'anonymous'>,
	graphOrigin: string,
): URL {
	const destination = new URL(url);
	const graph = new URL(graphOrigin);
	if (destination.origin === graph.origin) return destination;
	if (anonymous === true) {
		if (destination.protocol === 'https:') return destination;
		const isLocal = graph.protocol === 'http:' && destination.hostname === graph.hostname;
		if (isLocal && destination.protocol === 'http:') return destination;
	}
	throw new Error(`A request to ${destination.origin} is not one to the Graph of this credential`);
}
