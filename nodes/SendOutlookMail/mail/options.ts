import type {
	Importance,
	Message,
	SingleValueLegacyExtendedProperty,
} from '@microsoft/microsoft-graph-types';
import { readJson } from '../facts/json';
import { type MailField, type Parameters, LIMITS } from './parameters';
import { type Parsed, isBlank, notSet, read, refused, shapeOf, textOf } from './parsed';
import { refusal, type Refusal, type Fault } from './issues';
import { findControl, hasLineBreak, hasLoneSurrogate } from './characters';
import { readDeferral, readFollowUp } from './dates';
import { readHeaders } from './headers';

type MessageOption = (
	value: unknown,
	when: Pick<Parameters, 'timeZone' | 'now'>,
) => Parsed<Partial<Message>>;

/**
 * What each option adds to the message, in the order in which refusals are listed. A new option has a
 * row here, a name in `FIELD_NAMES` and a field in `description/options.ts`.
 */
export const MESSAGE_OPTIONS = {
	importance: (value) => partOf(readImportance(value), (importance) => ({ importance })),
	sensitivity: (value) => partOf(readSensitivity(value), extended),
	categories: (value) => partOf(readCategories(value), (categories) => ({ categories })),
	headers: (value) =>
		partOf(readHeaders(value), (internetMessageHeaders) => ({ internetMessageHeaders })),
	readReceipt: (value) =>
		partOf(readSwitch('readReceipt', value), (isReadReceiptRequested) => ({
			isReadReceiptRequested,
		})),
	deliveryReceipt: (value) =>
		partOf(readSwitch('deliveryReceipt', value), (isDeliveryReceiptRequested) => ({
			isDeliveryReceiptRequested,
		})),
	followUp: (value, { timeZone }) => partOf(readFollowUp(value, timeZone), (flag) => ({ flag })),
	deferUntil: (value, { timeZone, now }) => partOf(readDeferral(value, timeZone, now), extended),
} satisfies Partial<Record<MailField, MessageOption>>;

/** A property that is not set, or an empty list, is left out rather than sent as a choice. */
function partOf<T>(
	{ value, ...issues }: Parsed<T>,
	part: (value: T) => Partial<Message>,
): Parsed<Partial<Message>> {
	const isEmpty = value === undefined || (Array.isArray(value) && value.length === 0);
	return isEmpty ? issues : { ...issues, value: part(value) };
}

function extended(property: SingleValueLegacyExtendedProperty): Partial<Message> {
	return { singleValueExtendedProperties: [property] };
}

/**
 * One of a few named values, as what Graph takes for it. Case and outer white space do not count,
 * since expressions give `High` as often as `high`. A blank value is no choice.
 */
export function readChoice<T>(
	parameter: MailField,
	value: unknown,
	choices: Readonly<Record<string, T>>,
): Parsed<T> {
	const given = typeof value === 'string' ? value.trim().toLowerCase() : undefined;
	const name = Object.keys(choices).find((choice) => choice.toLowerCase() === given);
	if (name !== undefined) return read(choices[name] as T);
	const names = Object.keys(choices).join(', ');
	return refused(
		refusal(parameter, {
			cause: `${given ? 'This value' : `The value is ${shapeOf(value)}, which`} is not one of ${names}.`,
			remedy: 'Choose one from the list, or let the expression give one of these words.',
			value: given ? String(value) : undefined,
		}),
	);
}

/** As `readChoice`, for an option that may be left out or left blank. */
export function readOptionalChoice<T>(
	parameter: MailField,
	value: unknown,
	choices: Readonly<Record<string, T>>,
): Parsed<T> {
	return isBlank(value) ? notSet() : readChoice(parameter, value, choices);
}

const IMPORTANCES: Record<Importance, Importance> = { low: 'low', normal: 'normal', high: 'high' };

function readImportance(value: unknown): Parsed<Importance> {
	return readOptionalChoice('importance', value, IMPORTANCES);
}

/**
 * Graph's message has no sensitivity of its own; the MAPI property `PidTagSensitivity` (0x0036,
 * MS-OXCMSG §2.2.1.13) carries it, with these numbers.
 */
const SENSITIVITIES = { normal: '0', personal: '1', private: '2', confidential: '3' };

function readSensitivity(value: unknown): Parsed<SingleValueLegacyExtendedProperty> {
	const { value: number, ...issues } = readOptionalChoice('sensitivity', value, SENSITIVITIES);
	return number === undefined
		? issues
		: { ...issues, value: { id: 'Integer 0x36', value: number } };
}

/**
 * An option that is on or off. Expressions often give the words; anything else is refused rather
 * than guessed, since `"no"` is a true value to a program.
 */
export function readSwitch(parameter: MailField, value: unknown): Parsed<boolean> {
	if (value === undefined) return notSet();
	if (typeof value === 'boolean') return read(value);
	const word = typeof value === 'string' ? value.trim().toLowerCase() : '';
	if (word === 'true' || word === 'false') return read(word === 'true');
	return refused(
		refusal(parameter, {
			cause: `This option is either on or off, and the value is ${shapeOf(value)}.`,
			remedy: 'Use the switch, or let the expression give true or false.',
			value: word === '' ? undefined : String(value),
		}),
	);
}

/**
 * What Outlook takes for the end of a category: comma and semicolon, Arabic, small and full-width
 * semicolon (MS-OXCICAL §2.1.3.1.1.20.3).
 */
const SEPARATORS = /[,;\u061B\uFE54\uFF1B]/u;

/**
 * Categories from a text, separated as Outlook separates them, or from a list. White space is
 * trimmed, blank ones are passed over, and of two that differ in case only the first stays, as
 * Exchange does on import. A category that the mailbox does not know yet is shown without a color.
 */
function readCategories(value: unknown): Parsed<string[]> {
	if (isBlank(value)) return notSet();
	const refusals: Refusal[] = [];
	const categories = new Map<string, string>();
	listOf(value).forEach((element, index) => {
		const text = textOf(element)?.trim();
		if (text === '') return;
		const fault = text === undefined ? notText(element) : faultIn(text);
		if (fault) {
			const value = text ?? shapeOf(element);
			refusals.push(refusal('categories', { ...fault, position: index + 1, value }));
		} else if (text !== undefined && !categories.has(text.toLowerCase())) {
			categories.set(text.toLowerCase(), text);
		}
	});
	return { value: [...categories.values()], refusals, warnings: [] };
}

function listOf(value: unknown): unknown[] {
	if (Array.isArray(value)) return value as unknown[];
	if (typeof value !== 'string') return [value];
	const json = readJson(value);
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
