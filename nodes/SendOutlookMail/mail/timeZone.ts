import { windowsZone } from './windowsZones';

/**
 * A date and time as somebody wrote it: fixed by an offset, or as a clock on the wall shows it
 * (milliseconds of that clock's reading taken as UTC), which needs a time zone to be an instant.
 */
export type Moment = { instant: number } | { wallClock: number };

const ISO_8601 =
	/^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(?: ?(Z|[+-]\d{2}(?::?\d{2})?))?)?(?:\[[^\]]{1,64}\])?$/i;

/**
 * Reads what n8n's date fields and expressions give: ISO 8601 text with or without an offset, a
 * `Date`, or a Luxon `DateTime` (`$now.plus(…)`). Parts of a second are dropped. Numbers are not
 * read, since they may be seconds or milliseconds. `undefined` for everything else.
 */
export function readMoment(value: unknown): Moment | undefined {
	if (typeof value === 'string') return readIso(value.trim());
	const milliseconds = value instanceof Date ? value.getTime() : luxonMilliseconds(value);
	// NaN, which an invalid date gives, is not plausible either.
	if (milliseconds === undefined || !isPlausible(new Date(milliseconds).getUTCFullYear())) {
		return undefined;
	}
	return { instant: Math.floor(milliseconds / 1000) * 1000 };
}

/** A mail is not about years before computers, and from 4501 on MAPI means "no date" (MS-OXOTASK). */
function isPlausible(year: number): boolean {
	return year >= 1970 && year <= 4500;
}

/** Told by its method rather than its class: the host's copy of Luxon is not this package's. */
function luxonMilliseconds(value: unknown): number | undefined {
	if (typeof value !== 'object' || value === null || !('toMillis' in value)) return undefined;
	if (typeof value.toMillis !== 'function') return undefined;
	const milliseconds: unknown = (value as { toMillis(): unknown }).toMillis();
	return typeof milliseconds === 'number' ? milliseconds : undefined;
}

function readIso(text: string): Moment | undefined {
	const match = ISO_8601.exec(text);
	if (!match) return undefined;
	const [year, month, day, hour, minute, second] = match
		.slice(1, 7)
		.map((digits) => Number(digits ?? 0)) as [number, number, number, number, number, number];
	const reading = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
	// Date.UTC rolls 31 February over into March.
	const isReal =
		isPlausible(year) &&
		reading.getUTCMonth() === month - 1 &&
		reading.getUTCDate() === day &&
		reading.getUTCHours() === hour &&
		minute < 60 &&
		second < 60;
	if (!isReal) return undefined;
	const offset = match[7];
	if (offset === undefined) return { wallClock: reading.getTime() };
	const minutes = offsetMinutes(offset);
	return minutes === undefined ? undefined : { instant: reading.getTime() - minutes * 60_000 };
}

function offsetMinutes(offset: string): number | undefined {
	if (offset.toUpperCase() === 'Z') return 0;
	const hours = Number(offset.slice(1, 3));
	const minutes = Number(offset.slice(3).replace(':', '') || 0);
	if (hours > 14 || minutes > 59) return undefined;
	return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

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
function offsetAt(instant: number, timeZone: string): number {
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

/**
 * The name under which Graph knows a time zone: the one of Windows, which stays the same when the rules
 * of a zone change. `UTC` for the few that Windows does not have.
 * https://learn.microsoft.com/graph/api/resources/datetimetimezone
 */
export function graphTimeZone(timeZone: string): string {
	return windowsZone(timeZone) ?? 'UTC';
}
