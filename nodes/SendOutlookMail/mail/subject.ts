import { findControl, hasLineBreak, hasLoneSurrogate, withoutInvisible } from './characters';
import { LIMITS } from './limits';
import { type Fault, listNames, refusal, warning } from './issues';
import { type Parsed, isBlank, read, refused, shapeOf, textOf } from './parsed';

/**
 * The subject as typed, without characters that nobody sees. Numbers and switch values become their
 * text.
 *
 * A blank subject is refused. Outlook would send it, after asking; a flow cannot ask, and a subject
 * that came out blank is almost always an expression that found nothing. Line breaks are refused
 * rather than folded (RFC 5322 §2.2.3): what follows one would be read as another header.
 */
export function readSubject(value: unknown): Parsed<string> {
	const given = textOf(value);
	if (given === undefined || isBlank(given)) return refused(refusal('subject', blank(value)));
	const { text, removed } = withoutInvisible(given);
	if (isBlank(text)) return refused(refusal('subject', ONLY_INVISIBLE));
	const fault = faultIn(text);
	if (fault) return refused(refusal('subject', fault, { value: text }));
	return read(text, removed.length === 0 ? [] : [warning('subject', removedWarning(removed))]);
}

const ONLY_INVISIBLE: Fault = {
	cause: 'The subject has only characters that nobody sees.',
	remedy: 'Enter a subject. If an expression fills the field, check where the text comes from.',
};

function removedWarning(removed: string[]): string {
	return `The subject has characters that nobody sees (${listNames(removed)}); they are removed.`;
}

function blank(value: unknown): Fault {
	return {
		cause: `The subject is ${shapeOf(value)}.`,
		remedy:
			typeof value === 'object' && value !== null
				? 'Let the expression pick a text inside it, such as {{ $json.title }}.'
				: 'Enter a subject. If an expression fills the field, check that the item has what it names.',
	};
}

function faultIn(text: string): Fault | undefined {
	if (hasLineBreak(text)) {
		return {
			cause: 'The subject has a line break.',
			remedy:
				'Keep it on one line; in an expression, {{ $json.title.replace(/\\s+/g, " ") }} does it.',
		};
	}
	const control = findControl(text);
	if (control !== undefined) {
		return {
			cause: `The subject holds the control character ${control}.`,
			remedy: 'Remove it; it often comes along with text from a spreadsheet or another system.',
		};
	}
	if (hasLoneSurrogate(text)) {
		return {
			cause:
				'The subject holds half of a character, as left behind when a text is cut in the middle.',
			remedy: 'Check where the text comes from and where it is cut.',
		};
	}
	if (text.length > LIMITS.subjectCharacters) {
		return {
			cause: `The subject has ${text.length} characters; Exchange takes at most ${LIMITS.subjectCharacters}.`,
			remedy: 'Shorten it, or move a part into the body.',
		};
	}
	return undefined;
}
