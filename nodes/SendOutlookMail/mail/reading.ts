import { FIELD_NAMES, type MailField } from './fieldNames';
import type { FieldRefusal, MailWarning } from './mail';

/** What became of one parameter: its value unless it was refused or not set, and the remarks. */
export interface Reading<T> {
	value?: T;
	refusals: FieldRefusal[];
	warnings: MailWarning[];
}

/** A cause and a remedy that do not know yet which field they belong to. */
export interface Fault {
	cause: string;
	remedy: string;
}

export function read<T>(value: T, warnings: MailWarning[] = []): Reading<T> {
	return { value, refusals: [], warnings };
}

export function notSet(warnings: MailWarning[] = []): Reading<never> {
	return { refusals: [], warnings };
}

export function refused(...refusals: FieldRefusal[]): Reading<never> {
	return { refusals, warnings: [] };
}

export function refusal(
	parameter: MailField,
	fault: Fault,
	entry: { position?: number; value?: string } = {},
): FieldRefusal {
	return {
		field: FIELD_NAMES[parameter],
		parameter,
		...(entry.position === undefined ? {} : { position: entry.position }),
		...(entry.value === undefined ? {} : { value: shorten(entry.value) }),
		cause: fault.cause,
		remedy: fault.remedy,
	};
}

export function warning(parameter: MailField, text: string): MailWarning {
	return { field: FIELD_NAMES[parameter], parameter, text };
}

const SHOWN_CHARACTERS = 60;

/** A text cut to 60 characters, on one line and free of control characters, fit for a message. */
export function shorten(text: string): string {
	// The first cut keeps the cost of a huge text small; the second counts what is seen.
	const oneLine = text
		.slice(0, 8 * SHOWN_CHARACTERS)
		.replace(/\p{Surrogate}/gu, '\u{FFFD}')
		.replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ')
		.trim();
	const characters = Array.from(oneLine);
	if (characters.length <= SHOWN_CHARACTERS && text.length <= 8 * SHOWN_CHARACTERS) return oneLine;
	return `${characters.slice(0, SHOWN_CHARACTERS - 1).join('')}…`;
}

/** What an expression gave, in a designer's words: "nothing (null)", "a list". */
export function shapeOf(value: unknown): string {
	if (value === undefined) return 'nothing (undefined)';
	if (value === null) return 'nothing (null)';
	if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
	if (value instanceof Date) return 'a date';
	switch (typeof value) {
		case 'string':
			return value.trim() === '' ? 'an empty text' : 'a text';
		case 'number':
		case 'bigint':
			return 'a number';
		case 'boolean':
			return `the switch value ${value}`;
		case 'function':
			return 'a function';
		case 'symbol':
			return 'a symbol';
		default:
			return 'an object';
	}
}

/** Whether an optional field was left blank: `undefined`, `null` or white space. */
export function isBlank(value: unknown): boolean {
	return (
		value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
	);
}

/** Text, or what n8n would show as text; `undefined` for shapes that have none. */
export function textOf(value: unknown): string | undefined {
	switch (typeof value) {
		case 'string':
			return value;
		case 'number':
		case 'bigint':
		case 'boolean':
			return String(value);
		default:
			return undefined;
	}
}
