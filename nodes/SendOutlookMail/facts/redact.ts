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

/** The same of what is a text; undefined for any other value. */
export function wordsIn(value: unknown): string | undefined {
	return typeof value === 'string' ? firstWords(value) : undefined;
}

/** Whether it is an ID or a code as Microsoft writes them. A hostile answer may contain anything. */
export function isIdentifier(value: unknown): value is string {
	return typeof value === 'string' && /^[\w.-]{1,100}$/.test(value);
}

/** An ID or a code that repeats no secret; undefined for anything else in its place. */
export function identifier(
	value: string | undefined,
	secrets: KnownSecrets | undefined,
): string | undefined {
	return isIdentifier(value) ? harmless(value, secrets) : undefined;
}

/** The value itself; undefined where it repeats a secret. */
export function harmless(value: string, secrets: KnownSecrets | undefined): string | undefined {
	return withoutSecrets(value, secrets) === value ? value : undefined;
}
