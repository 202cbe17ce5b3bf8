import type { GraphRequest } from './transport';

/**
 * Where a request may go: with the token to the Graph origin of the credential and nowhere else,
 * without it to any https address, such as that of an upload session.
 *
 * @throws {Error} for every other address, before a connection is made
 */
export function allowedDestination(
	{ url, anonymous }: Pick<GraphRequest, 'url' | 'anonymous'>,
	graphOrigin: string,
): URL {
	const destination = new URL(url);
	if (destination.origin === new URL(graphOrigin).origin) return destination;
	if (anonymous === true && destination.protocol === 'https:') return destination;
	throw new Error(`A request to ${destination.origin} is not one to the Graph of this credential`);
}
