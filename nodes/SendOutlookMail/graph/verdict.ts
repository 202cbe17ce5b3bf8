import { asObject, definedEntries, readJson } from '../facts/json';
import { firstWords, isIdentifier, wordsIn } from '../facts/redact';

/**
 * What an exchange means for the email.
 *
 * - `accepted`: Graph took it.
 * - `throttled`: Graph asked to try again later; it was not taken.
 * - `notTaken`: nothing of the request left, or Entra ID cannot renew the token at the moment; sending
 *   again is safe.
 * - `unauthorized`: the token was refused even after n8n renewed it.
 * - `refused`: for good.
 * - `unknown`: it may have been taken; sending again may duplicate it.
 * - `stopped`: the execution was stopped before the request left.
 */
export type Verdict =
	| 'accepted'
	| 'throttled'
	| 'notTaken'
	| 'unauthorized'
	| 'refused'
	| 'unknown'
	| 'stopped';

/** A full mailbox. The only status above 499 with which Graph refuses for good. */
const INSUFFICIENT_STORAGE = 507;

/**
 * Limits of a personal account, and the daily limit of a business mailbox: they also come with a 429,
 * and waiting for minutes does not help. R
 */
const REFUSING_CODES: ReadonlySet<string> = new Set([
	'ErrorAccountSuspend',
	'ErrorExceededHourlyMessageLimit',
	'ErrorExceededMaxRecipientLimit',
	'ErrorExceededMessageLimit',
	'ErrorMessageSubmissionBlocked',
	'ErrorSubmissionQuotaExceeded',
]);

/** @param code Graph's, where it named one */
export function verdictOfAnswer(
	{ status, headers, isPage }: GraphAnswer,
	code: string | undefined,
): Verdict {
	if (status === 202) return isPage ? 'unknown' : 'accepted';
	if (status === 429) return REFUSING_CODES.has(code ?? '') ? 'refused' : 'throttled';
	if (status === 503 && headers['retry-after'] !== undefined) return 'throttled';
	if (status === 401) return 'unauthorized';
	if ((status >= 400 && status < 500) || status === INSUFFICIENT_STORAGE) return 'refused';
	// Also another 2xx or a redirect: something between here and Graph answered in its place.
	return 'unknown';
}

/** An answer as a transport received it. */
export interface RawAnswer {
	status: number;
	/** Header names in lower case. */
	headers: Readonly<Record<string, string>>;
	body: string;
}

/** Headers as Node.js or n8n hand them over, as those of a `RawAnswer`. */
export function textHeaders(headers: object): Record<string, string> {
	const texts = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
	return Object.fromEntries(texts) as Record<string, string>;
}

/** What is kept of an answer of Graph, or of something between here and Graph. */
export interface GraphAnswer {
	status: number;
	/** Those in `KEPT_HEADERS`; names in lower case. */
	headers: Readonly<Record<string, string>>;
	/**
	 * A page for a browser. Graph sends JSON or nothing, so something between here and Graph answered
	 * in its place: a proxy, a firewall, a page to sign in to a network.
	 */
	isPage: boolean;
}

/** Graph's error body: `{"error":{"code","message","innerError":{"date","request-id"}}}`. */
export interface GraphError {
	/** e.g. `ErrorAccessDenied`; the code of the innermost error is not looked at. */
	code: string;
	/** Microsoft's own words, shortened. */
	message: string;
	requestId?: string;
	/** As Microsoft wrote it. */
	date?: string;
}

/** How much of a body is read where its content is not asked for, in bytes. No error is longer. */
export const LONGEST_ERROR_BODY = 64 * 1024;

const KEPT_HEADERS = ['request-id', 'retry-after', 'date'] as const;

/** The body is not kept: thousands of refused emails may wait for the end of a run. */
export function readGraphAnswer({ status, headers, body }: RawAnswer): GraphAnswer {
	// Of an acceptance, only the ID is used.
	const names = status === 202 ? KEPT_HEADERS.slice(0, 1) : KEPT_HEADERS;
	const kept = names.flatMap((name) => {
		const value = headers[name];
		return value === undefined ? [] : [[name, firstWords(value)] as const];
	});
	const saysPage = /^text\/html\b/i.test(headers['content-type'] ?? '');
	return {
		status,
		headers: Object.fromEntries(kept),
		isPage: saysPage ? body.trim() !== '' : /^\s*<(?:!doctype|html)\b/i.test(body),
	};
}

export function readGraphError(body: string): GraphError | undefined {
	if (body.length > LONGEST_ERROR_BODY) return undefined;
	const error = asObject(readJson(body)?.error);
	if (!isIdentifier(error?.code)) return undefined;
	const { 'request-id': requestId, date } = asObject(error.innerError) ?? {};
	return {
		code: error.code,
		message: wordsIn(error.message) ?? '',
		...definedEntries({ requestId: wordsIn(requestId), date: wordsIn(date) }),
	};
}
