import {
	DEFAULT_RETRY_POLICY as policy,
	nextDelayMs,
	readRetryAfterMs,
	type Tried,
} from '#node/delivery/retry';
import { answered, broken } from '#node/graph/exchange';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const clock = { now: () => NOW, random: () => 1 };
const unreachable = broken('beforeRequest', new Error('unreachable'));

function delayAfter(
	headers: Record<string, string>,
	tried: Partial<Tried> = {},
): number | undefined {
	const exchange = answered({ status: 429, headers, body: '' });
	return nextDelayMs(exchange, { throttled: 1, failed: 0, waitedMs: 0, ...tried }, policy, clock);
}

const delayAfterFailures = (failed: number, random = 1, throttled = 0) =>
	nextDelayMs(unreachable, { throttled, failed, waitedMs: 0 }, policy, {
		...clock,
		random: () => random,
	});

test.each([
	['seconds', { 'retry-after': '30' }, 30_000],
	['a date, by our clock', { 'retry-after': 'Sun, 22 Nov 2026 10:00:30 GMT' }, 30_000],
	[
		"a date, by the server's clock where it tells the time",
		{ 'retry-after': 'Sun, 22 Nov 2026 12:00:30 GMT', date: 'Sun, 22 Nov 2026 12:00:00 GMT' },
		30_000,
	],
	['nothing', {}, 500],
	['zero, which would be throttled again', { 'retry-after': '0' }, 500],
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
	const { maxWaitMs, maxFailures, maxThrottled } = policy;
	expect(delayAfter({ 'retry-after': '10' }, { waitedMs: maxWaitMs - 10_000 })).toBe(10_000);
	expect(delayAfter({ 'retry-after': '10' }, { waitedMs: maxWaitMs - 9_999 })).toBeUndefined();
	expect(delayAfter({ 'retry-after': '1' }, { throttled: maxThrottled - 1 })).toBe(1000);
	expect(delayAfter({ 'retry-after': '1' }, { throttled: maxThrottled })).toBeUndefined();
	expect(delayAfterFailures(maxFailures - 1)).toBe(500 * 2 ** (maxFailures - 2));
	expect(delayAfterFailures(maxFailures)).toBeUndefined();
});

test('throttled attempts and failed ones are counted apart', () => {
	expect(delayAfterFailures(1, 1, 50)).toBe(500);
	expect(delayAfter({}, { throttled: 1, failed: 7 })).toBe(500);
});

test('half of a wait is left to chance', () => {
	expect(delayAfterFailures(3, 0)).toBe(1000);
	expect(delayAfterFailures(3, 1)).toBe(2000);
});

test.each([
	['5', 5000],
	['0', 0],
	[' 7 ', 7000],
	['0.5', 500],
	['Sun, 22 Nov 2026 10:00:30 GMT', 30_000],
	['Sun, 22 Nov 2026 09:00:00 GMT', 0],
	['soon', undefined],
	['-5', undefined],
	['', undefined],
	[undefined, undefined],
])('Retry-After %s', (header, expected) => {
	expect(readRetryAfterMs(header, NOW)).toBe(expected);
});
