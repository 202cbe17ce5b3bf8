import type { Message, SingleValueLegacyExtendedProperty } from '@microsoft/microsoft-graph-types';
import { type MailField, type Parameters, LIMITS } from './parameters';
import {
	type Parsed,
	isBlank,
	listOf,
	notSet,
	read,
	shapeOf,
	textOf,
	withValue,
	refuse,
} from './parsed';
import { firstFault, refusal, type Refusal, type Fault } from './issues';
import { faultInCharacters, hasLineBreak } from './characters';
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
	importance: (value) =>
		part('importance', readOptionalChoice('importance', value, ['low', 'normal', 'high'])),
	sensitivity: (value) => part('singleValueExtendedProperties', readSensitivity(value)),
	categories: (value) => part('categories', readCategories(value)),
	headers: (value) => part('internetMessageHeaders', readHeaders(value)),
	readReceipt: (value) => part('isReadReceiptRequested', readSwitch('readReceipt', value)),
	deliveryReceipt: (value) =>
		part('isDeliveryReceiptRequested', readSwitch('deliveryReceipt', value)),
	followUp: (value, { timeZone }) => part('flag', readFollowUp(value, timeZone)),
	deferUntil: (value, { timeZone, now }) =>
		part('singleValueExtendedProperties', readDeferral(value, timeZone, now)),
} satisfies Partial<Record<MailField, MessageOption>>;

/** A property that is not set, or an empty list, is left out rather than sent as a choice. */
function part<Name extends keyof Message>(
	property: Name,
	parsed: Parsed<NonNullable<Message[Name]>>,
): Parsed<Partial<Message>> {
	return withValue(parsed, (value) =>
		Array.isArray(value) && value.length === 0 ? {} : { [property]: value },
	);
}

/**
 * One of a few names. Case and outer white space do not count, since expressions give `High` as often
 * as `high`.
 */
export function readChoice<Name extends string>(
	parameter: MailField,
	value: unknown,
	names: readonly Name[],
): Parsed<Name> {
	const given = typeof value === 'string' ? value.trim() : '';
	const name = names.find((one) => one.toLowerCase() === given.toLowerCase());
	if (name !== undefined) return read(name);
	return refuse(parameter, {
		cause: `${given ? 'This value' : `The value is ${shapeOf(value)}, which`} is not one of ${names.join(', ')}.`,
		remedy: 'Choose one from the list, or let the expression give one of these words.',
		value: given || undefined,
	});
}

/** As `readChoice`, for an option that may be left out or left blank. */
export function readOptionalChoice<Name extends string>(
	parameter: MailField,
	value: unknown,
	names: readonly Name[],
): Parsed<Name> {
	return isBlank(value) ? notSet() : readChoice(parameter, value, names);
}

/**
 * Graph's message has no sensitivity of its own; the MAPI property `PidTagSensitivity` (0x0036,
 * MS-OXCMSG §2.2.1.13) carries it, as a number. These are its values from 0 on.
 */
const SENSITIVITIES = ['normal', 'personal', 'private', 'confidential'];

function readSensitivity(value: unknown): Parsed<SingleValueLegacyExtendedProperty[]> {
	return withValue(readOptionalChoice('sensitivity', value, SENSITIVITIES), (name) => [
		{ id: 'Integer 0x36', value: String(SENSITIVITIES.indexOf(name)) },
	]);
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
	return refuse(parameter, {
		cause: `This option is either on or off, and the value is ${shapeOf(value)}.`,
		remedy: 'Use the switch, or let the expression give true or false.',
		value: word === '' ? undefined : String(value),
	});
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
	listOf(value, SEPARATORS).forEach((element, index) => {
		const text = textOf(element)?.trim();
		if (text === '') return;
		const fault = faultInCategory(text ?? '', element);
		if (fault) {
			const given = text ?? shapeOf(element);
			refusals.push(refusal('categories', { ...fault, position: index + 1, value: given }));
		} else if (text !== undefined && !categories.has(text.toLowerCase())) {
			categories.set(text.toLowerCase(), text);
		}
	});
	return { value: [...categories.values()], refusals, warnings: [] };
}

function faultInCategory(text: string, element: unknown): Fault | undefined {
	return firstFault([
		{
			when: text === '',
			cause: `A category is a text, and this one is ${shapeOf(element)}.`,
			remedy: 'Give the names with commas between them, or a list of names.',
		},
		{
			when: SEPARATORS.test(text),
			cause: 'The category has a comma or semicolon, which Outlook takes for the end of it.',
			remedy: 'Give two categories, or write the name without it.',
		},
		{
			when: hasLineBreak(text) || faultInCharacters(text, 'category') !== undefined,
			cause: 'The category has a line break or another character that cannot be shown.',
			remedy: 'Write the name on one line, with commas between categories.',
		},
		{
			when: text.length > LIMITS.categoryCharacters,
			cause: `The category has ${text.length} characters; Exchange takes at most ${LIMITS.categoryCharacters}.`,
			remedy: 'Shorten the name.',
		},
	]);
}
