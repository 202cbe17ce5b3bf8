import type { Exchange } from '../graph/exchange';
import type { Verdict } from '../graph/verdict';
import { waitOrStop } from './wait';
import { readRetryAfterMs } from './retryAfter';

export interface RetryPolicy {
	/** How often a job is tried at most. */
	maxAttempts: number;
	/** The same for one that is turned away: where many processes use an app, that is no bad sign. */
	maxTurnedAway: number;
	/** How long a job waits between its attempts at most, in sum, in milliseconds. */
	maxWaitMs: number;
	/** The first wait without word from the server; it doubles with each attempt. */
	firstDelayMs: number;
	/** `retry` repeats a job that may have arrived already. */
	onUnknownOutcome: 'fail' | 'retry';
	wait: (delayMs: number, signal?: AbortSignal) => Promise<'waited' | 'stopped'>;
	/** From 0 to 1; spreads attempts that would otherwise meet again. */
	random: () => number;
	now: () => Date;
}

export const DEFAULT_RETRY_POLICY: RetryPolicy = {
	maxAttempts: 8,
	maxTurnedAway: 100,
	// The longest window of Outlook's documented limits.
	maxWaitMs: 10 * 60_000,
	firstDelayMs: 500,
	onUnknownOutcome: 'fail',
	wait: waitOrStop,
	random: Math.random,
	now: () => new Date(),
};

interface Attempted {
	exchange: Exchange;
	verdict: Verdict;
	attempts: number;
	waitedMs: number;
}

/** How long to wait before the next attempt in milliseconds; undefined when there is to be none. */
export function nextDelayMs(
	{ exchange, verdict, attempts, waitedMs }: Attempted,
	policy: RetryPolicy,
): number | undefined {
	if (!mayBeRepeated(verdict, policy) || attempts >= maxAttempts(verdict, policy)) return undefined;
	const delayMs = serverDelayMs(exchange, policy.now()) ?? backOffMs(attempts, policy);
	return waitedMs + delayMs > policy.maxWaitMs ? undefined : delayMs;
}

function maxAttempts(verdict: Verdict, policy: RetryPolicy): number {
	return verdict === 'throttled' ? policy.maxTurnedAway : policy.maxAttempts;
}

function mayBeRepeated(verdict: Verdict, policy: RetryPolicy): boolean {
	if (verdict === 'throttled' || verdict === 'notTaken') return true;
	return verdict === 'unknown' && policy.onUnknownOutcome === 'retry';
}

/**
 * What the server asks for, in milliseconds. A wait of nothing is no advice: it would be told off
 * again at once.
 */
export function serverDelayMs(exchange: Exchange, now: Date): number | undefined {
	if (exchange.kind !== 'answered') return undefined;
	const { 'retry-after': retryAfter, date } = exchange.answer.headers;
	const answeredAt = new Date(date ?? '');
	// A date is the server's, so it is counted from the server's clock where that is known.
	const from = Number.isNaN(answeredAt.getTime()) ? now : answeredAt;
	return readRetryAfterMs(retryAfter, from) || undefined;
}

/** Exponential, with half of it left to chance. */
function backOffMs(attempts: number, { firstDelayMs, random }: RetryPolicy): number {
	const fullMs = firstDelayMs * 2 ** (attempts - 1);
	return Math.round(fullMs / 2 + (fullMs / 2) * random());
}
