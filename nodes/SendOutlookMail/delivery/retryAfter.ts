/**
 * Reads a `Retry-After` header: seconds or an HTTP date (RFC 9110, section 10.2.3).
 *
 * @returns milliseconds from `now`, never negative; undefined when the header says neither
 */
export function readRetryAfterMs(header: string | undefined, now: Date): number | undefined {
	const value = header?.trim() ?? '';
	if (/^\d+(\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000);
	// A date has letters in it; without this check JavaScript would also read "-5" as a year.
	if (!/[a-z]{3}/i.test(value)) return undefined;
	const time = Date.parse(value);
	return Number.isNaN(time) ? undefined : Math.max(0, time - now.getTime());
}
