import type { Fault } from './issues';

/** CR, LF and everything else that some reader of an email takes for the end of a line. */
const LINE_BREAK = /[\n\v\f\r\u0085\u2028\u2029]/u;

/** C0 and C1 controls. A tab is white space (RFC 5234 `WSP`), not a control for our purposes. */
const CONTROL = /(?!\t)\p{Cc}/u;

const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Characters that nobody sees: what Unicode lists as default ignorable (UAX #44), which includes
 * zero-width and direction characters, fillers and tags, the blank Braille pattern, and annotations.
 */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\u2800\uFFF9-\uFFFB]/u;

/**
 * In text that people read, the first alternative stays: direction marks and variation selectors;
 * joiners after a vowel sign or virama, and between letters or emoji (Persian, Indic scripts and
 * emoji need them: Unicode 16 §9.2, §12.1, UTS #51); and the flags that are spelled with tags. The
 * second one is removed.
 */
const READABLE_OR_INVISIBLE =
	/([\u061C\u200E\u200F]|\p{Variation_Selector}|(?<=\p{M})[\u200C\u200D]|(?<=[\p{L}\p{Extended_Pictographic}\p{Emoji_Modifier}])[\u200C\u200D](?=[\p{L}\p{Extended_Pictographic}])|\u{1F3F4}[\u{E0020}-\u{E007E}]{1,32}\u{E007F})|\p{Default_Ignorable_Code_Point}/gu;

export function hasLineBreak(text: string): boolean {
	return LINE_BREAK.test(text);
}

export function hasLoneSurrogate(text: string): boolean {
	return LONE_SURROGATE.test(text);
}

/** @param what has the text: `subject`, `entry` */
export function halfCharacterFault(what: string): Fault {
	return {
		cause: `The ${what} holds half of a character, as left behind when a text is cut in the middle.`,
		remedy: 'Check where the text comes from and where it is cut.',
	};
}

/** Half of a character, or a control character other than a tab. */
export function faultInCharacters(text: string, what: string): Fault | undefined {
	if (hasLoneSurrogate(text)) return halfCharacterFault(what);
	const control = codePointOf(CONTROL.exec(text)?.[0]);
	if (control === undefined) return undefined;
	return {
		cause: `The ${what} holds the control character ${control}.`,
		remedy: 'Remove it; text from a spreadsheet or another system often contains it.',
	};
}

/** The first character that nobody sees, as `U+200B`. */
export function findInvisible(text: string): string | undefined {
	return codePointOf(INVISIBLE.exec(text)?.[0]);
}

/** A name or a subject without the characters that nobody sees and no script needs. */
export function withoutInvisible(text: string): {
	text: string;
	/** What was removed, each once, as `U+202E`. */
	removed: string[];
} {
	const removed = new Set<string>();
	const visible = text.replace(READABLE_OR_INVISIBLE, (character, kept: string | undefined) => {
		if (kept === undefined) removed.add(codePointOf(character)!);
		return kept ?? '';
	});
	return { text: visible, removed: [...removed] };
}

function codePointOf(character: string | undefined): string | undefined {
	const codePoint = character?.codePointAt(0);
	if (codePoint === undefined) return undefined;
	return `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
}
