/** Microsoft's own words are quoted up to this length. */
const QUOTE_LENGTH = 300;

/** Tokens (JSON Web Tokens begin with `eyJ`), and what an OAuth request carries. */
const SECRETS =
	/\beyJ[\w-]{8,}[\w.-]*|\b(?:client_secret|client_assertion|refresh_token|access_token|code_verifier|code)=[^\s&"']+/g;

/**
 * Words of others on one line, shortened; undefined where there are none. They should not repeat what
 * they were sent, but nobody promises that they do not.
 */
export function quote(words: string): string | undefined {
	const line = words
		.slice(0, 4 * QUOTE_LENGTH)
		.replace(SECRETS, '***')
		.replace(/\s+/g, ' ')
		.trim();
	if (line === '') return undefined;
	return line.length > QUOTE_LENGTH ? `${line.slice(0, QUOTE_LENGTH)}…` : line;
}

/** Longer texts are not Microsoft's; nobody reads them to their end. */
const LONGEST_TEXT = 2000;

/**
 * The beginning of a text of others, as much as is kept of it. It ends with a whole word, so that it
 * never ends with half of a secret, which nothing would find any more.
 */
export function firstWords(text: string): string {
	return text.length > LONGEST_TEXT ? text.slice(0, LONGEST_TEXT).replace(/\S*$/, '') : text;
}

/** An id as Microsoft's are written; undefined for anything else that stands in its place. */
export function identifier(value: string | undefined): string | undefined {
	return value !== undefined && /^[\w-]{1,100}$/.test(value) ? value : undefined;
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
