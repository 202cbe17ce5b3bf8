import { readTime, type Clock } from '../facts/clock';
import type { Exchange } from '../graph/exchange';

export interface RetryPolicy {
	/** How many attempts of a job may fail before Graph answers, or with an unknown outcome. */
	maxFailures: number;
	/** How many may be throttled: where many processes use a mailbox, that is normal. */
	maxThrottled: number;
	/** How long a job may wait for lanes and between its attempts, in sum, in milliseconds. */
	maxWaitMs: number;
	/** The first wait without a time from the server; it doubles with each failure. */
	firstDelayMs: number;
	/** `retry` repeats a job that may have been taken. */
	onUnknownOutcome: 'fail' | 'retry';
}

export const DEFAULT_RETRY_POLICY: RetryPolicy = {
	maxFailures: 8,
	maxThrottled: 100,
	// The longest window of Outlook's documented limits.
	maxWaitMs: 10 * 60_000,
	firstDelayMs: 500,
	onUnknownOutcome: 'fail',
};

/** The attempts of a job so far. Throttled ones and failed ones are counted apart. */
export interface Tried {
	throttled: number;
	failed: number;
	waitedMs: number;
}

/**
 * How long to wait before the next attempt, in milliseconds; undefined when there is to be none.
 *
 * @param tried with the attempt that the exchange is of
 */
export function nextDelayMs(
	exchange: Exchange,
	tried: Tried,
	policy: RetryPolicy,
	clock: Pick<Clock, 'now' | 'random'>,
): number | undefined {
	if (!mayBeRepeated(exchange, tried, policy)) return undefined;
	const times = exchange.verdict === 'throttled' ? tried.throttled : tried.failed;
	const backOffMs = policy.firstDelayMs * 2 ** (times - 1);
	// Half of the back-off is left to chance.
	const delayMs =
		serverDelayMs(exchange, clock.now()) ?? Math.round((backOffMs / 2) * (1 + clock.random()));
	return tried.waitedMs + delayMs > policy.maxWaitMs ? undefined : delayMs;
}

function mayBeRepeated({ verdict }: Exchange, tried: Tried, policy: RetryPolicy): boolean {
	if (verdict === 'throttled') return tried.throttled < policy.maxThrottled;
	if (verdict === 'unknown' && policy.onUnknownOutcome === 'fail') return false;
	return (verdict === 'notTaken' || verdict === 'unknown') && tried.failed < policy.maxFailures;
}

/**
 * What the server asks for, in milliseconds. A wait of nothing is no advice: the next request would
 * be throttled too.
 */
export function serverDelayMs(exchange: Exchange, now: number): number | undefined {
	if (exchange.kind !== 'answered') return undefined;
	const { 'retry-after': retryAfter, date } = exchange.answer.headers;
	// A date is the server's, so it is counted from the server's clock where that is known.
	return readRetryAfterMs(retryAfter, readTime(date)?.getTime() ?? now) || undefined;
}

/**
 * Reads a `Retry-After` header: seconds or an HTTP date (RFC 9110, section 10.2.3).
 *
 * @param now milliseconds since 1970
 * @returns milliseconds from `now`, never negative; undefined when the header is neither
 */
export function readRetryAfterMs(header: string | undefined, now: number): number | undefined {
	const value = header?.trim() ?? '';
	if (/^\d+(\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000);
	// A date has letters in it; without this check JavaScript would also read "-5" as a year.
	if (!/[a-z]{3}/i.test(value)) return undefined;
	const time = readTime(value)?.getTime();
	return time === undefined ? undefined : Math.max(0, time - now);
}
