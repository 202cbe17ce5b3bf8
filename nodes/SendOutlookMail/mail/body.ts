import type { BodyType, ItemBody } from '@microsoft/microsoft-graph-types';

import { hasLoneSurrogate } from './characters';
import { readChoice } from './options';
import { type Parsed, notSet, read, refused, shapeOf, textOf } from './parsed';
import { refusal } from './issues';

const BODY_TYPES: Record<BodyType, BodyType> = { html: 'html', text: 'text' };

/**
 * The body, exactly as typed: a text body stays text, with its line breaks. Numbers and switch
 * values become their text. An empty body passes (see `bodyWarnings`), but a value that is no text
 * at all is refused. No refusal shows any of the body.
 */
export function readBody(bodyType: unknown, body: unknown): Parsed<ItemBody> {
	const type =
		bodyType === undefined ? read<BodyType>('html') : readChoice('bodyType', bodyType, BODY_TYPES);
	const content = readContent(body);
	const refusals = [...type.refusals, ...content.refusals];
	if (type.value === undefined || content.value === undefined) return { ...notSet(), refusals };
	return read({ contentType: type.value, content: content.value });
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
