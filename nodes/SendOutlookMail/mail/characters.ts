/** CR, LF and everything else that some reader of a mail takes for the end of a line. */
const LINE_BREAK = /[\n\v\f\r\u0085\u2028\u2029]/u;

/** C0 and C1 controls. A tab is white space (RFC 5234 `WSP`), not a control for our purposes. */
const CONTROL = /(?!\t)\p{Cc}/u;

const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Characters that nobody sees and that make an address another one: soft hyphen, zero-width space,
 * direction marks, invisible operators, variation of byte order. Joiners (U+200C, U+200D) are not
 * among them: names in Persian or Hindi need them, and so do emoji.
 */
const INVISIBLE = /[\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/u;

export function hasLineBreak(text: string): boolean {
	return LINE_BREAK.test(text);
}

export function hasLoneSurrogate(text: string): boolean {
	return LONE_SURROGATE.test(text);
}

/** The first control character other than a tab, as `U+0007`. */
export function findControl(text: string): string | undefined {
	return codePointOf(CONTROL.exec(text)?.[0]);
}

/** The first character that nobody sees, as `U+200B`. */
export function findInvisible(text: string): string | undefined {
	return codePointOf(INVISIBLE.exec(text)?.[0]);
}

function codePointOf(character: string | undefined): string | undefined {
	const codePoint = character?.codePointAt(0);
	if (codePoint === undefined) return undefined;
	return `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
}
