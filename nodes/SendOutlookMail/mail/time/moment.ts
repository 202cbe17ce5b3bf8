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
