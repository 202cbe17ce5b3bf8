import { readJson } from '../facts/json';
import { refusal, type EntryFault, type Refusal, type Warning } from './issues';
import type { MailField } from './parameters';

/** What became of one parameter: its value unless it was refused or not set, and the issues. */
export interface Parsed<T> {
	value?: T;
	refusals: Refusal[];
	warnings: Warning[];
}

export function read<T>(value: T, warnings: Warning[] = []): Parsed<T> {
	return { value, refusals: [], warnings };
}

export function notSet(warnings: Warning[] = []): Parsed<never> {
	return { refusals: [], warnings };
}

export function refused(...refusals: Refusal[]): Parsed<never> {
	return { refusals, warnings: [] };
}

/** Refused for one reason. */
export function refuse(parameter: MailField, fault: EntryFault): Parsed<never> {
	return refused(refusal(parameter, fault));
}

/** What `change` makes of the value, if there is one; the issues stay. */
export function withValue<T, U>(
	{ value, ...issues }: Parsed<T>,
	change: (value: T) => U,
): Parsed<U> {
	return value === undefined ? issues : { ...issues, value: change(value) };
}

/** What an expression gave, in a designer's words: "nothing (null)", "a list". */
export function shapeOf(value: unknown): string {
	if (value === undefined || value === null) return `nothing (${value})`;
	if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
	if (value instanceof Date) return 'a date';
	if (typeof value === 'boolean') return `the switch value ${value}`;
	if (typeof value === 'string') return value.trim() === '' ? 'an empty text' : 'a text';
	if (typeof value === 'bigint') return 'a number';
	return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** Whether an optional field was left blank: `undefined`, `null` or white space. */
export function isBlank(value: unknown): boolean {
	const text = value ?? '';
	return typeof text === 'string' && text.trim() === '';
}

/** Text, or what n8n would show as text; `undefined` for shapes that have none. */
export function textOf(value: unknown): string | undefined {
	const hasText = ['string', 'number', 'bigint', 'boolean'].includes(typeof value);
	return hasText ? String(value) : undefined;
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
	const isObject = typeof value === 'object' && value !== null;
	return isObject && !Array.isArray(value) && !(value instanceof Date);
}

/** The entries of a list, of a JSON list in a text, or of a text with separators; else the value. */
export function listOf(value: unknown, separator: RegExp | string): unknown[] {
	const list = typeof value === 'string' ? readJson(value) : value;
	if (Array.isArray(list)) return list as unknown[];
	return typeof value === 'string' ? value.split(separator) : [value];
}
