import type { ItemBody } from '@microsoft/microsoft-graph-types';
import {
	faultInCharacters,
	halfCharacterFault,
	hasLineBreak,
	hasLoneSurrogate,
	withoutInvisible,
} from './characters';
import { LIMITS } from './parameters';
import { type Fault, firstFault, listNames, warning } from './issues';
import { type Parsed, isBlank, read, shapeOf, textOf, notSet, refuse } from './parsed';
import { renderMarkdown } from './markdown';
import { readChoice } from './options';
import { bodyWarnings, markdownWarnings, subjectWarnings } from './warnings';

/**
 * The subject as typed, without characters that nobody sees. Numbers and switch values become their
 * text.
 *
 * A blank subject is refused. Outlook would send it, after asking; a flow cannot ask, and a blank
 * subject is almost always an expression that found nothing. Line breaks are refused
 * rather than folded (RFC 5322 §2.2.3): what follows one would be read as another header.
 */
export function readSubject(value: unknown): Parsed<string> {
	const given = textOf(value);
	if (given === undefined || isBlank(given)) {
		return refuse('subject', {
			cause: `The subject is ${shapeOf(value)}.`,
			remedy:
				typeof value === 'object' && value !== null
					? 'Let the expression pick a text inside it, such as {{ $json.title }}.'
					: 'Enter a subject. If an expression fills the field, check that the item has what it names.',
		});
	}
	const { text, removed } = withoutInvisible(given);
	const fault = faultInSubject(text);
	if (fault) return refuse('subject', { ...fault, value: text.trim() || undefined });
	return read(text, [
		...(removed.length === 0 ? [] : [warning('subject', removedWarning(removed))]),
		...subjectWarnings(text),
	]);
}

function removedWarning(removed: string[]): string {
	return `The subject has characters that nobody sees (${listNames(removed)}); they are removed.`;
}

function faultInSubject(text: string): Fault | undefined {
	const fault = firstFault([
		{
			when: isBlank(text),
			cause: 'The subject has only characters that nobody sees.',
			remedy: 'Enter a subject. If an expression fills the field, check where the text comes from.',
		},
		{
			when: hasLineBreak(text),
			cause: 'The subject has a line break.',
			remedy:
				'Keep it on one line; in an expression, {{ $json.title.replace(/\\s+/g, " ") }} does it.',
		},
		{
			when: text.length > LIMITS.subjectCharacters,
			cause: `The subject has ${text.length} characters; Exchange takes at most ${LIMITS.subjectCharacters}.`,
			remedy: 'Shorten it, or move a part into the body.',
		},
	]);
	return fault ?? faultInCharacters(text, 'subject');
}

const BODY_TYPES = ['markdown', 'html', 'text'] as const;

/**
 * The body as Graph takes it. HTML and text go exactly as typed, text with its line breaks; Markdown
 * becomes HTML. Numbers and switch values become their text. An empty body passes with a warning, but
 * a value that is no text at all is refused. No refusal shows any of the body.
 */
export function readBody(bodyType: unknown, body: unknown): Parsed<ItemBody> {
	const type = readChoice('bodyType', bodyType === undefined ? 'markdown' : bodyType, BODY_TYPES);
	const content = readContent(body);
	const refusals = [...type.refusals, ...content.refusals];
	if (type.value === undefined || content.value === undefined) return { ...notSet(), refusals };
	if (type.value !== 'markdown') {
		const value = { contentType: type.value, content: content.value };
		return read<ItemBody>(value, bodyWarnings(value));
	}
	if (content.value.length > LIMITS.markdownCharacters) {
		return refuse('body', {
			cause: `The body has ${content.value.length} characters of Markdown; the node renders at most ${LIMITS.markdownCharacters}.`,
			remedy: 'Shorten it, or attach a file. A body of type HTML or Text may be longer.',
		});
	}
	const { html, hasRefusedLink } = renderMarkdown(content.value);
	const value: ItemBody = { contentType: 'html', content: html };
	return read(value, [...markdownWarnings(content.value, hasRefusedLink), ...bodyWarnings(value)]);
}

function readContent(body: unknown): Parsed<string> {
	const text = textOf(body);
	if (text === undefined) {
		return refuse('body', {
			cause: `The body is ${shapeOf(body)}, not a text.`,
			remedy:
				'If an expression fills the field, let it pick a text inside the item, such as {{ $json.text }}, and check that the item has it.',
		});
	}
	if (hasLoneSurrogate(text)) return refuse('body', halfCharacterFault('body'));
	return read(text);
}
