/** Microsoft's own words are quoted up to this length. */
const QUOTE_LENGTH = 300;

/** Words of others on one line, shortened; undefined where there are none. */
export function quote(words: string): string | undefined {
	const line = words
		.slice(0, 4 * QUOTE_LENGTH)
		.replace(/\s+/g, ' ')
		.trim();
	if (line === '') return undefined;
	return line.length > QUOTE_LENGTH ? `${line.slice(0, QUOTE_LENGTH)}…` : line;
}

/** ISO 8601; undefined for what is no time. */
export function isoTime(value: string | undefined): string | undefined {
	const time = new Date(value ?? '');
	return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

/** The entries that have a value. */
export function definedEntries<T extends Record<string, string | undefined>>(
	entries: T,
): { [K in keyof T]?: string } {
	return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as {
		[K in keyof T]?: string;
	};
}
