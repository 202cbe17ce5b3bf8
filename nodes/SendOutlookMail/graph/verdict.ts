import type { Exchange, GraphAnswer } from './exchange';
import { isPage } from './page';
import { isTemporary } from '../facts/signInFailure';

/**
 * What an exchange means for the mail.
 *
 * - `accepted`: Graph took it.
 * - `turnedAway`: Graph asked to come later; it was not taken.
 * - `notTaken`: nothing of the request left, or Entra ID cannot renew the token just now; sending
 *   again is safe.
 * - `unauthorized`: the token was refused even after n8n renewed it.
 * - `refused`: for good.
 * - `unknown`: it may have been taken; sending again may double it.
 * - `stopped`: the execution was stopped before the request left.
 */
export type Verdict =
	| 'accepted'
	| 'turnedAway'
	| 'notTaken'
	| 'unauthorized'
	| 'refused'
	| 'unknown'
	| 'stopped';

/**
 * What a key that is sent once says about a mail before any attempt.
 *
 * - `alreadySent`: a mail with this key was accepted before.
 * - `startedBefore`: a mail with this key was started before and its end is not known.
 * - `keyNotKept`: n8n could not keep the key, so nothing was sent.
 */
export type KeyVerdict = 'alreadySent' | 'startedBefore' | 'keyNotKept';

/** Statuses above 499 with which Graph refuses for good: 507 is a full mailbox. */
const REFUSING_SERVER_STATUSES: ReadonlySet<number> = new Set([507]);

export function verdictOf(exchange: Exchange): Verdict {
	const verdict = verdictOfRequest(exchange);
	if (!exchange.preparing) return verdict;
	// Nothing that happens to a draft before it is sent can have sent it.
	if (verdict === 'unknown') return exchange.kind === 'stopped' ? 'stopped' : 'notTaken';
	return verdict === 'accepted' ? 'notTaken' : verdict;
}

function verdictOfRequest(exchange: Exchange): Verdict {
	switch (exchange.kind) {
		case 'answered':
			return verdictOfAnswer(exchange.answer);
		case 'signInRequired':
			return isTemporary(exchange.cause) ? 'notTaken' : 'unauthorized';
		case 'stopped':
			return exchange.stage === 'beforeRequest' ? 'stopped' : 'unknown';
		case 'broken':
			return exchange.stage === 'beforeRequest' ? 'notTaken' : 'unknown';
		case 'unreadable':
		case 'blocked':
			return 'refused';
	}
}

function verdictOfAnswer(answer: GraphAnswer): Verdict {
	const { status, headers } = answer;
	if (status === 202) return isPage(answer) ? 'unknown' : 'accepted';
	if (status === 429) return 'turnedAway';
	if (status === 503 && headers['retry-after'] !== undefined) return 'turnedAway';
	if (status === 401) return 'unauthorized';
	if (status >= 400 && status < 500) return 'refused';
	if (REFUSING_SERVER_STATUSES.has(status)) return 'refused';
	// Also another 2xx or a redirect: something between here and Graph answered in its place.
	return 'unknown';
}
