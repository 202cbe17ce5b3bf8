import { causeChain } from '../facts/causeChain';
import type { BreakStage } from './exchange';

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
