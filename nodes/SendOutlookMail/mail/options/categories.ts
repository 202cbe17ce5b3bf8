import { findControl, hasLineBreak, hasLoneSurrogate } from '../characters';
import { parseJsonValue } from '../json';
import { LIMITS } from '../limits';
import { type Refusal, type Fault, refusal } from '../issues';
import { type Parsed, isBlank, notSet, shapeOf, textOf } from '../parsed';

/**
 * What Outlook takes for the end of a category: comma and semicolon, Arabic, small and full-width
 * semicolon (MS-OXCICAL §2.1.3.1.1.20.3).
 */
const SEPARATORS = /[,;\u061B\uFE54\uFF1B]/u;

/**
 * Categories from a text, separated as Outlook separates them, or from a list. White space is
 * trimmed, blank ones are passed over, and of two that differ in case only the first stays, as
 * Exchange does on import. A category that the mailbox does not know yet is shown without a colour.
 */
export function readCategories(value: unknown): Parsed<string[]> {
	if (isBlank(value)) return notSet();
	const refusals: Refusal[] = [];
	const categories = new Map<string, string>();
	listOf(value).forEach((element, index) => {
		const text = textOf(element)?.trim();
		if (text === '') return;
		const fault = text === undefined ? notText(element) : faultIn(text);
		if (fault) {
			const entry = { position: index + 1, value: text ?? shapeOf(element) };
			refusals.push(refusal('categories', fault, entry));
		} else if (text !== undefined && !categories.has(text.toLowerCase())) {
			categories.set(text.toLowerCase(), text);
		}
	});
	return { value: [...categories.values()], refusals, warnings: [] };
}

function listOf(value: unknown): unknown[] {
	if (Array.isArray(value)) return value as unknown[];
	if (typeof value !== 'string') return [value];
	const json = parseJsonValue(value);
	return Array.isArray(json) ? (json as unknown[]) : value.split(SEPARATORS);
}

function notText(value: unknown): Fault {
	return {
		cause: `A category is a text, and this one is ${shapeOf(value)}.`,
		remedy: 'Give the names with commas between them, or a list of names.',
	};
}

function faultIn(text: string): Fault | undefined {
	if (SEPARATORS.test(text)) {
		return {
			cause: 'The category has a comma or semicolon, which Outlook takes for the end of it.',
			remedy: 'Give two categories, or write the name without it.',
		};
	}
	if (hasLineBreak(text) || findControl(text) !== undefined || hasLoneSurrogate(text)) {
		return {
			cause: 'The category has a line break or another character that cannot be shown.',
			remedy: 'Write the name on one line, with commas between categories.',
		};
	}
	if (text.length > LIMITS.categoryCharacters) {
		return {
			cause: `The category has ${text.length} characters; Exchange takes at most ${LIMITS.categoryCharacters}.`,
			remedy: 'Shorten the name.',
		};
	}
	return undefined;
}
