import { DEFAULT_RETRY_POLICY, nextDelayMs, type RetryPolicy } from '#node/delivery/retryPolicy';
import { answered, broken } from '#node/graph/exchange';

const policy: RetryPolicy = {
	...DEFAULT_RETRY_POLICY,
	random: () => 1,
	now: () => new Date('2026-11-22T10:00:00Z'),
};

function delayAfter(headers: Record<string, string>, changes = {}): number | undefined {
	const exchange = answered({ status: 429, headers, body: '' });
	const attempted = {
		exchange,
		verdict: 'throttled',
		attempts: 1,
		waitedMs: 0,
		...changes,
	} as const;
	return nextDelayMs(attempted, policy);
}

test.each([
	['seconds', { 'retry-after': '30' }, 30_000],
	['a date, by our clock', { 'retry-after': 'Sun, 22 Nov 2026 10:00:30 GMT' }, 30_000],
	[
		"a date, by the server's clock where it tells the time",
		{ 'retry-after': 'Sun, 22 Nov 2026 12:00:30 GMT', date: 'Sun, 22 Nov 2026 12:00:00 GMT' },
		30_000,
	],
	['nothing', {}, 500],
	['zero, which would be told off again', { 'retry-after': '0' }, 500],
	['a date in the past', { 'retry-after': 'Sun, 22 Nov 2020 10:00:30 GMT' }, 500],
	['what cannot be read', { 'retry-after': 'soon' }, 500],
	['a negative number', { 'retry-after': '-5' }, 500],
	['an hour, which nobody waits for', { 'retry-after': '3600' }, undefined],
	['an absurd number', { 'retry-after': '9'.repeat(400) }, undefined],
	['an absurd date', { 'retry-after': 'Sat, 01 Jan 9999 00:00:00 GMT' }, undefined],
])('Retry-After says %s', (_name, headers, expected) => {
	expect(delayAfter(headers)).toBe(expected);
});

test('waits are capped in sum, and so are attempts', () => {
	const { maxWaitMs, maxAttempts, maxTurnedAway } = policy;
	expect(delayAfter({ 'retry-after': '10' }, { waitedMs: maxWaitMs - 10_000 })).toBe(10_000);
	expect(delayAfter({ 'retry-after': '10' }, { waitedMs: maxWaitMs - 9_999 })).toBeUndefined();
	expect(delayAfter({ 'retry-after': '1' }, { attempts: maxTurnedAway - 1 })).toBe(1000);
	expect(delayAfter({ 'retry-after': '1' }, { attempts: maxTurnedAway })).toBeUndefined();
	const unreachable = (attempts: number) =>
		nextDelayMs(
			{
				exchange: broken('beforeRequest', new Error('unreachable')),
				verdict: 'notTaken',
				attempts,
				waitedMs: 0,
			},
			{ ...policy, random: () => 1 },
		);
	expect(unreachable(maxAttempts - 1)).toBe(500 * 2 ** (maxAttempts - 2));
	expect(unreachable(maxAttempts)).toBeUndefined();
});

test('half of a wait is left to chance', () => {
	const attempted = {
		exchange: broken('beforeRequest', new Error('unreachable')),
		verdict: 'notTaken',
		attempts: 3,
		waitedMs: 0,
	} as const;
	expect(nextDelayMs(attempted, { ...policy, random: () => 0 })).toBe(1000);
	expect(nextDelayMs(attempted, { ...policy, random: () => 1 })).toBe(2000);
});
