import type { ItemBody } from '@microsoft/microsoft-graph-types';
import { hasLoneSurrogate } from './characters';
import { refusal } from './issues';
import { LIMITS } from './limits';
import { renderMarkdown } from './markdown';
import { readChoice } from './options';
import { type Parsed, notSet, read, refused, shapeOf, textOf } from './parsed';
import { bodyWarnings, markdownWarnings } from './warnings';

type BodyTypeName = 'markdown' | 'html' | 'text';

const BODY_TYPES: Record<BodyTypeName, BodyTypeName> = {
	markdown: 'markdown',
	html: 'html',
	text: 'text',
};

/**
 * The body as Graph takes it. HTML and text go exactly as typed, text with its line breaks; Markdown
 * becomes HTML. Numbers and switch values become their text. An empty body passes with a warning, but
 * a value that is no text at all is refused. No refusal shows any of the body.
 */
export function readBody(bodyType: unknown, body: unknown): Parsed<ItemBody> {
	const type =
		bodyType === undefined
			? read<BodyTypeName>('markdown')
			: readChoice('bodyType', bodyType, BODY_TYPES);
	const content = readContent(body);
	const refusals = [...type.refusals, ...content.refusals];
	if (type.value === undefined || content.value === undefined) return { ...notSet(), refusals };
	if (type.value !== 'markdown') {
		const value = { contentType: type.value, content: content.value };
		return read<ItemBody>(value, bodyWarnings(value));
	}
	if (content.value.length > LIMITS.markdownCharacters) return refused(tooLong(content.value));
	const { html, hasRefusedLink } = renderMarkdown(content.value);
	const value: ItemBody = { contentType: 'html', content: html };
	return read(value, [...markdownWarnings(content.value, hasRefusedLink), ...bodyWarnings(value)]);
}

function tooLong(markdown: string) {
	return refusal('body', {
		cause: `The body has ${markdown.length} characters of Markdown; the node renders at most ${LIMITS.markdownCharacters}.`,
		remedy: 'Shorten it, or attach a file. A body of type HTML or Text may be longer.',
	});
}

function readContent(body: unknown): Parsed<string> {
	const text = textOf(body);
	if (text === undefined) {
		return refused(
			refusal('body', {
				cause: `The body is ${shapeOf(body)}, not a text.`,
				remedy:
					'If an expression fills the field, let it pick a text inside the item, such as {{ $json.text }}, and check that the item has it.',
			}),
		);
	}
	if (hasLoneSurrogate(text)) {
		return refused(
			refusal('body', {
				cause:
					'The body holds half of a character, as left behind when a text is cut in the middle.',
				remedy: 'Check where the text comes from and where it is cut.',
			}),
		);
	}
	return read(text);
}
