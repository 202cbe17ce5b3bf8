import type { GraphAnswer } from './exchange';

/**
 * Whether an answer is a page for a browser. Graph sends JSON or nothing, so something between here
 * and Graph answered in its place: a proxy, a firewall, a page to sign in to a network.
 */
export function isPage({ headers, body }: GraphAnswer): boolean {
	const { 'content-type': type = '' } = headers;
	if (body.trim() === '') return false;
	return /^text\/html\b/i.test(type) || /^\s*<(?:!doctype|html)\b/i.test(body);
}
