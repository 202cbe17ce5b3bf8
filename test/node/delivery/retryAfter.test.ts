import { readRetryAfterMs } from '#node/delivery/retryAfter';

const now = new Date('2026-11-22T10:00:00Z');

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
	expect(readRetryAfterMs(header, now)).toBe(expected);
});
