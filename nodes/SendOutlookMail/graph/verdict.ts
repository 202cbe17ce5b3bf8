import type { GraphAnswer } from './answer';

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

/**
 * What a key that is sent once says about an email before any attempt.
 *
 * - `alreadySent`: an email with this key was accepted before.
 * - `startedBefore`: an email with this key was started before and its outcome is not known.
 * - `keyNotKept`: n8n could not store the key, so nothing was sent.
 */
export type KeyVerdict = 'alreadySent' | 'startedBefore' | 'keyNotKept';

/** Statuses above 499 with which Graph refuses for good: 507 is a full mailbox. */
const REFUSING_SERVER_STATUSES: ReadonlySet<number> = new Set([507]);

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
	if (status >= 400 && status < 500) return 'refused';
	if (REFUSING_SERVER_STATUSES.has(status)) return 'refused';
	// Also another 2xx or a redirect: something between here and Graph answered in its place.
	return 'unknown';
}

/** The same for a request that only prepares a draft: nothing before the sending can have sent it. */
export function verdictWhilePreparing(verdict: Verdict, wasStopped: boolean): Verdict {
	if (verdict === 'unknown') return wasStopped ? 'stopped' : 'notTaken';
	return verdict === 'accepted' ? 'notTaken' : verdict;
}
