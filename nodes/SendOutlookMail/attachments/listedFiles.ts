import type { IBinaryData } from 'n8n-workflow';
import { listNames, shorten, type Refusal, type Warning } from '../mail/issues';
import { parseJsonValue, shapeOf } from '../mail/parsed';
import { isBinaryValue, type ItemFiles } from './itemFiles';
import { refuse, warn } from './remarks';

/** A file that the option names. */
export interface ListedFile {
	/** The input data field; for a file from an expression, its name or its place in the list. */
	field: string;
	/** The entry that named it, counted from 1. */
	position: number;
	data: IBinaryData;
}

/** Finds the files that the option names, each once, in its order. */
export function listFiles(
	attachments: unknown,
	item: ItemFiles,
): { files: ListedFile[]; refusals: Refusal[]; warnings: Warning[] } {
	const { entries, refusals } = readFieldList(attachments);
	const files: ListedFile[] = [];
	const warnings: Warning[] = [];
	const add = (file: ListedFile, twice: 'warn' | 'pass') => {
		if (!files.some(({ data }) => data === file.data)) files.push(file);
		else if (twice === 'warn') {
			warnings.push(warn(`${shorten(file.field)} is named twice; it is attached once.`));
		}
	};
	for (const entry of entries) {
		const { position } = entry;
		if (entry.kind === 'all') {
			if (item.fields.length === 0) {
				warnings.push(warn('Attachments is *, and the item has no files.'));
			}
			for (const field of item.fields) {
				const data = item.find(field);
				if (data) add({ field, position, data }, 'pass');
			}
		} else if (entry.kind === 'file') {
			const field = entry.file.fileName || `entry ${position}`;
			if (item.holds(entry.file)) add({ field, position, data: entry.file }, 'warn');
			else refusals.push(notOfN8n(field, position));
		} else {
			const data = item.find(entry.name);
			if (data) add({ field: entry.name, position, data }, 'warn');
			else refusals.push(missing(entry.name, position, item.fields));
		}
	}
	return { files, refusals, warnings };
}

/** A file's data can be typed by hand or come from elsewhere; only what n8n holds is a file. */
function notOfN8n(name: string, position: number): Refusal {
	return refuse(
		'This entry looks like a file, but no node before this one has output such a file.',
		'Name an input data field, or pick the file of an earlier node, such as {{ $("Make PDF").item.binary.data }}. To make a file from data, use the Convert to File node.',
		{ position, value: name },
	);
}

function missing(name: string, position: number, fields: readonly string[]): Refusal {
	return refuse(
		'The item has no input data field of this name.',
		fields.length === 0
			? 'The item has no files at all: check that the node before this one puts them out, or remove the option.'
			: `Use one of the fields that the item has: ${listNames(fields)}.`,
		{ position, value: name },
	);
}

/** One entry of the option: all input data fields, one of them, or a file from an expression. */
type ListEntry = { position: number } & (
	| { kind: 'all' }
	| { kind: 'field'; name: string }
	| { kind: 'file'; file: IBinaryData }
);

/**
 * Reads the option in every shape that n8n may hand over: a text with names between commas, `*`, a
 * JSON list in a text, or a list from an expression, whose entries are names or files themselves
 * (`$('Make PDF').item.binary.data`). Left blank, it names no file; a blank name is passed over.
 */
function readFieldList(value: unknown): {
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
	const list = parseJsonValue(value);
	return Array.isArray(list) ? (list as unknown[]) : value.split(',');
}
