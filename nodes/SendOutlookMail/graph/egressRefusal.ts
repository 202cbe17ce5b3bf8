import { causeChain } from '../facts/causeChain';
import { blocked, type Exchange } from './exchange';

/** By which of its rules n8n refuses a connection: the name of the host, or the address behind it. */
export type EgressRule = 'hostname' | 'address';

/**
 * The names of the errors with which n8n keeps its nodes from connecting to a host (n8n 2.41,
 * `@n8n/backend-network`, `ssrf`). They are the same for its own request helper, for a renewal of a
 * token and for a node with connections of its own.
 */
const RULES: Readonly<Record<string, EgressRule>> = {
	SsrfBlockedHostnameError: 'hostname',
	SsrfBlockedIpError: 'address',
};

/** Finds n8n's refusal to connect in an error that n8n or Node.js may have wrapped. */
export function findEgressRule(error: unknown): EgressRule | undefined {
	for (const { name } of causeChain(error)) {
		if (typeof name === 'string' && Object.hasOwn(RULES, name)) return RULES[name];
	}
	return undefined;
}

/** What came of a request on whose way to a host n8n's rules stood; undefined if they did not. */
export function readBlocked(cause: Error, url: URL | undefined): Exchange | undefined {
	const rule = findEgressRule(cause);
	if (!rule || !url) return undefined;
	// The brackets of an IPv6 address belong to the URL.
	return blocked(url.hostname.replace(/^\[|\]$/g, ''), rule, cause);
}
