import type { KnownSecrets } from './knownSecrets';

/** Others' words are shortened to this length. */
const SHOWN_LENGTH = 300;

const REMOVED = '***';

/**
 * What looks like a secret, for those that are not known here: tokens (JSON Web Tokens begin with
 * `eyJ`), what an OAuth request carries, and the permission in the address of an upload session.
 */
const SECRET_PATTERNS =
	/\beyJ[\w-]{8,}[\w.-]*|\b(?:client_secret|client_assertion|refresh_token|access_token|id_token|code_verifier|code|authtoken|tempauth)=[^\s&"'<>]+/gi;

/**
 * Others' words, for a person to read: without secrets, on one line, shortened. Everything that the
 * node repeats passes through here, since a server may send back what it received.
 *
 * @returns undefined where there are no words
 */
export function redact(words: string, secrets: KnownSecrets | undefined): string | undefined {
	const line = withoutSecrets(firstWords(words), secrets).replace(/\s+/g, ' ').trim();
	if (line === '') return undefined;
	return line.length > SHOWN_LENGTH ? `${line.slice(0, SHOWN_LENGTH)}…` : line;
}

function withoutSecrets(text: string, secrets: KnownSecrets | undefined): string {
	const spans = [...(secrets?.findIn(text) ?? [])].sort(([a], [b]) => a - b);
	let kept = '';
	let at = 0;
	for (const [from, to] of spans) {
		if (from >= at) kept += `${text.slice(at, from)}${REMOVED}`;
		at = Math.max(at, to);
	}
	return `${kept}${text.slice(at)}`.replace(SECRET_PATTERNS, REMOVED);
}

/** Longer texts are not Microsoft's. */
const LONGEST_TEXT = 2000;

/**
 * The part of another's text that is kept. It ends with a whole word: half of a secret would not be
 * recognized.
 */
export function firstWords(text: string): string {
	return text.length > LONGEST_TEXT ? text.slice(0, LONGEST_TEXT).replace(/\S*$/, '') : text;
}

/** An ID or a code as Microsoft writes them; undefined for anything else in its place. */
export function identifier(
	value: string | undefined,
	secrets: KnownSecrets | undefined,
): string | undefined {
	return value !== undefined && /^[\w.-]{1,100}$/.test(value)
		? harmless(value, secrets)
		: undefined;
}

/** The value itself; undefined where it repeats a secret. */
export function harmless(value: string, secrets: KnownSecrets | undefined): string | undefined {
	return withoutSecrets(value, secrets) === value ? value : undefined;
}

/** ISO 8601; undefined for anything that is not a time. */
export function isoTime(value: string | undefined): string | undefined {
	const time = new Date(value ?? '');
	return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

/** The entries that have a value. */
export function definedEntries<T extends Readonly<Record<string, unknown>>>(
	entries: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
	const defined = Object.entries(entries).filter(([, value]) => value !== undefined);
	return Object.fromEntries(defined) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
