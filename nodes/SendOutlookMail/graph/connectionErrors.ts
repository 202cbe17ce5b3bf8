import { causeChain } from '../facts/causeChain';
import { findSignInFailure } from '../facts/signInFailure';
import {
	blocked,
	broken,
	signInRequired,
	type BreakStage,
	type EgressRule,
	type Exchange,
} from './exchange';

/**
 * Codes of Node.js and OpenSSL that can only arise while a connection is being made: name lookup,
 * connecting, the TLS handshake. Nothing of the request has left by then.
 * https://nodejs.org/api/errors.html#common-system-errors, https://nodejs.org/api/tls.html#x509-certificate-error-codes
 */
const CONNECTING_CODES: ReadonlySet<string> = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EAI_FAIL',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'EADDRNOTAVAIL',
	'UND_ERR_CONNECT_TIMEOUT',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'UNABLE_TO_GET_ISSUER_CERT',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'CERT_HAS_EXPIRED',
	'CERT_NOT_YET_VALID',
	'CERT_UNTRUSTED',
	'CERT_REJECTED',
	'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** Anything that is not known to have broken before the request counts as after it. */
export function breakStageOf(error: unknown): BreakStage {
	for (const link of causeChain(error)) {
		if (typeof link.code === 'string' && CONNECTING_CODES.has(link.code)) return 'beforeRequest';
	}
	return 'afterRequest';
}

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

/** What came of a request that was not made, because there was no token to make it with. */
export function readNoToken(cause: Error, loginOrigin: string | undefined): Exchange {
	if (findSignInFailure(cause)) return signInRequired(cause);
	const blocked = readBlocked(cause, loginOrigin === undefined ? undefined : new URL(loginOrigin));
	return blocked ?? broken('beforeRequest', cause, { renewing: true });
}
