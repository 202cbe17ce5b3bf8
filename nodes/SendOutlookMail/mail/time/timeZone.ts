import type { Moment } from './moment';

const DAY = 24 * 60 * 60 * 1000;

/** Whether the run-time knows the IANA name. */
export function isTimeZone(name: unknown): name is string {
	try {
		return typeof name === 'string' && Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
	} catch {
		// Intl's way to say that it does not know the name (ECMA-402, RangeError).
		return false;
	}
}

/**
 * The instant, in milliseconds, that a moment means in a time zone. As RFC 5545 §3.3.5 rules, a time
 * that the clocks skip is read with the offset before the gap, so that 02:30 becomes 03:30; of a
 * time that comes twice, the first is meant.
 */
export function instantOf(moment: Moment, timeZone: string): number {
	if ('instant' in moment) return moment.instant;
	const { wallClock } = moment;
	const before = offsetAt(wallClock - DAY, timeZone);
	const after = offsetAt(wallClock + DAY, timeZone);
	const early = wallClock - before;
	if (before === after || offsetAt(early, timeZone) === before) return early;
	const late = wallClock - after;
	return offsetAt(late, timeZone) === after ? late : early;
}

/** What a clock in the time zone shows at an instant: `2026-06-01T09:00:00`, without an offset. */
export function wallClockAt(instant: number, timeZone: string): string {
	return new Date(instant + offsetAt(instant, timeZone)).toISOString().slice(0, 19);
}

/** How far the zone's clocks are ahead of UTC at an instant, in milliseconds. */
export function offsetAt(instant: number, timeZone: string): number {
	const parts = new Intl.DateTimeFormat('en-US', {
		timeZone,
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
		second: 'numeric',
	}).formatToParts(instant);
	const part = (type: Intl.DateTimeFormatPartTypes) =>
		Number(parts.find((candidate) => candidate.type === type)?.value);
	const reading = Date.UTC(
		part('year'),
		part('month') - 1,
		part('day'),
		part('hour'),
		part('minute'),
		part('second'),
	);
	return reading - Math.floor(instant / 1000) * 1000;
}
