import { isBinaryValue } from './itemFiles';
import { refuse } from './remarks';
import type { Refusal } from '../mail/issues';
import type { IBinaryData } from 'n8n-workflow';

/** One entry of the option: all input data fields, one of them, or a file from an expression. */
export type ListEntry = { position: number } & (
	| { kind: 'all' }
	| { kind: 'field'; name: string }
	| { kind: 'file'; file: IBinaryData }
);

/**
 * Reads the option in every shape that n8n may hand over: a text with names between commas, `*`, a
 * JSON list in a text, or a list from an expression, whose entries are names or files themselves
 * (`$('Make PDF').item.binary.data`). Left blank, it names no file; a blank name is passed over.
 */
export function readFieldList(value: unknown): {
	entries: ListEntry[];
	refusals: Refusal[];
} {
	const entries: ListEntry[] = [];
	const refusals: Refusal[] = [];
	listOf(value).forEach((element, index) => {
		const position = index + 1;
		if (typeof element === 'string') {
			const name = element.trim();
			if (name === '*') entries.push({ position, kind: 'all' });
			else if (name !== '') entries.push({ position, kind: 'field', name });
		} else if (isBinaryValue(element)) {
			entries.push({ position, kind: 'file', file: element });
		} else {
			refusals.push(
				refuse(
					`This entry is ${shapeOf(element)}, neither the name of an input data field nor a file.`,
					'Give the names of the input data fields, with commas between them or as a list of texts.',
					{ position },
				),
			);
		}
	});
	return { entries, refusals };
}

function listOf(value: unknown): unknown[] {
	if (value === undefined || value === null) return [];
	if (Array.isArray(value)) return value as unknown[];
	if (typeof value !== 'string') return [value];
	return parseJsonList(value) ?? value.split(',');
}

function parseJsonList(text: string): unknown[] | undefined {
	if (!/^\s*\[[^]*\]\s*$/.test(text)) return undefined;
	try {
		const list: unknown = JSON.parse(text);
		return Array.isArray(list) ? (list as unknown[]) : undefined;
	} catch {
		// Not JSON: a field name may hold brackets; whether there is such a field is seen later.
		return undefined;
	}
}

function shapeOf(value: unknown): string {
	if (value === undefined || value === null) return 'nothing';
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
