import { isPlainObject } from './parsed';

/**
 * A date and time as somebody wrote it: fixed by an offset, or as a clock on the wall shows it
 * (milliseconds of that clock's time taken as UTC), which needs a time zone to be an instant.
 */
export type Moment = { instant: number } | { wallClock: number };

/** Date, hours and minutes, seconds, and the offset as `Z` or as hours and minutes. */
const ISO_8601 =
	/^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(?: ?(Z|([+-](?:0\d|1[0-4]))(?::?([0-5]\d))?))?)?(?:\[[^\]]{1,64}\])?$/i;

/**
 * Reads what n8n's date fields and expressions give: ISO 8601 text with or without an offset, a
 * `Date`, or a Luxon `DateTime` (`$now.plus(…)`). Parts of a second are dropped. Numbers are not
 * read, since they may be seconds or milliseconds. `undefined` for everything else.
 */
export function readMoment(value: unknown): Moment | undefined {
	if (typeof value === 'string') return readIso(value.trim());
	const date = value instanceof Date ? value : new Date(luxonMilliseconds(value));
	return isPlausible(date) ? { instant: Math.floor(date.getTime() / 1000) * 1000 } : undefined;
}

/**
 * A mail is not about years before computers, and from 4501 on MAPI means "no date" (MS-OXOTASK). An
 * invalid date has no year at all.
 */
function isPlausible(date: Date): boolean {
	const year = date.getUTCFullYear();
	return year >= 1970 && year <= 4500;
}

/** Told by its method rather than its class: the host's copy of Luxon is not this package's. */
function luxonMilliseconds(value: unknown): number {
	if (!isPlainObject(value) || typeof value.toMillis !== 'function') return Number.NaN;
	const milliseconds = (value as { toMillis(): unknown }).toMillis();
	return typeof milliseconds === 'number' ? milliseconds : Number.NaN;
}

function readIso(text: string): Moment | undefined {
	const match = ISO_8601.exec(text);
	if (!match) return undefined;
	const [, day, time = '00:00', seconds = '00', offset, hours = '+00', minutes = '00'] = match;
	const local = `${day}T${time}:${seconds}`;
	const wallClock = new Date(`${local}Z`);
	// 31 February is read as 3 March, and 24:00 as the next day.
	if (!isPlausible(wallClock) || !wallClock.toISOString().startsWith(local)) return undefined;
	return offset === undefined
		? { wallClock: wallClock.getTime() }
		: { instant: Date.parse(`${local}${hours}:${minutes}`) };
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
	// Swedish writes date and time as ISO 8601 does, but for the T.
	return new Date(instant).toLocaleString('sv-SE', { timeZone }).replace(' ', 'T');
}

/** How far the zone's clocks are ahead of UTC at an instant, in milliseconds. */
function offsetAt(instant: number, timeZone: string): number {
	return Date.parse(`${wallClockAt(instant, timeZone)}Z`) - Math.floor(instant / 1000) * 1000;
}
