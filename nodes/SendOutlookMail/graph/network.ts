import type { LookupFunction } from 'node:net';
import type { IExecuteFunctions } from 'n8n-workflow';
import { causeChain, AccountRefusal } from '../facts/failure';
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
	...['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL'],
	...['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'UND_ERR_CONNECT_TIMEOUT'],
	...['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'CERT_UNTRUSTED', 'CERT_REJECTED'],
	...['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_GET_ISSUER_CERT'],
	...['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
	'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** Anything that is not known to have broken before the request counts as after it. */
export function breakStageOf(error: unknown): BreakStage {
	const wasConnecting = causeChain(error).some(({ code }) => CONNECTING_CODES.has(code as string));
	return wasConnecting ? 'beforeRequest' : 'afterRequest';
}

/**
 * The names of the errors with which n8n keeps its nodes from connecting to a host (n8n 2.41,
 * `@n8n/backend-network`, `ssrf`). They are the same for its own request helper, for a renewal of a
 * token and for a node with connections of its own.
 */
const RULES: ReadonlyMap<unknown, EgressRule> = new Map([
	['SsrfBlockedHostnameError', 'hostname'],
	['SsrfBlockedIpError', 'address'],
]);

/**
 * The exchange for a host to which n8n's rules do not allow a connection; undefined otherwise.
 *
 * @param cause an error of n8n, which n8n or Node.js may have wrapped
 */
export function readBlocked(cause: Error, url: URL | undefined): Exchange | undefined {
	const rule = causeChain(cause)
		.map(({ name }) => RULES.get(name))
		.find(Boolean);
	if (!rule || !url) return undefined;
	// The brackets of an IPv6 address belong to the URL.
	return blocked(url.hostname.replace(/^\[|\]$/g, ''), rule, cause);
}

/** The exchange for a request that was not made because there was no token. */
export function readNoToken(cause: Error, loginOrigin: string | undefined): Exchange {
	if (cause instanceof AccountRefusal || findSignInFailure(cause)) return signInRequired(cause);
	const blocked = readBlocked(cause, loginOrigin === undefined ? undefined : new URL(loginOrigin));
	return blocked ?? broken('beforeRequest', cause, { renewing: true });
}

/** n8n's rules for where its nodes may connect to. */
export interface EgressRules {
	/** @throws the rule's own error when the address is not allowed or cannot be resolved */
	check(url: URL): Promise<void>;
	/** Resolves host names and refuses addresses that are not allowed, when a connection is made. */
	lookup: LookupFunction;
}

/** @returns nothing in an older n8n, which does not show its rules to nodes */
export function readEgressRules({
	helpers,
}: Pick<IExecuteFunctions, 'helpers'>): EgressRules | undefined {
	const filter = (helpers as Partial<typeof helpers>).getSecureEgressFilter?.();
	if (!filter) return undefined;
	return {
		async check(url) {
			const verdict = await filter.validateUrl(url);
			if (!verdict.ok) throw verdict.error;
		},
		lookup: filter.createSecureLookup(),
	};
}

/** Environment variables as Node.js gives them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whether the administrator's settings send requests to this address through a proxy. Reads the
 * variables that n8n reads, by the same rules: `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and, for
 * exceptions, `NO_PROXY`; lower case goes before upper case, npm's names before both.
 * https://github.com/Rob--W/proxy-from-env
 */
export function goesThroughProxy(url: URL, environment: Environment = process.env): boolean {
	const protocol = url.protocol.slice(0, -1);
	const read = (name: string) =>
		(environment[name.toLowerCase()] ?? '') || (environment[name.toUpperCase()] ?? '');
	const names = [`${protocol}_proxy`, `npm_config_${protocol}_proxy`, 'npm_config_proxy'];
	if (![...names, 'all_proxy'].some((name) => read(name) !== '')) return false;
	const exceptions = (read('npm_config_no_proxy') || read('no_proxy')).toLowerCase();
	return !exceptions.split(/[,\s]+/).some((exception) => excepts(exception, url));
}

/** An exception is a host name, its end after a dot or an asterisk, or `*`; each may name a port. */
function excepts(exception: string, { hostname, port, protocol }: URL): boolean {
	const [, name = '', onlyPort] = /^(.+?)(?::(\d+))?$/.exec(exception) ?? [];
	const actualPort = port || (protocol === 'http:' ? '80' : '443');
	if (onlyPort !== undefined && onlyPort !== actualPort) return false;
	if (!/^[.*]/.test(name)) return hostname === name;
	return hostname.endsWith(name.replace(/^\*/, ''));
}
