import { isPreview, type BinaryContext } from './file';
import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';
import { readJson } from '../facts/json';
import { listNames, refusal, shorten, warning, type Refusal, type Warning } from '../mail/issues';
import { shapeOf } from '../mail/parsed';

/** The files of one input item, by the input data field that holds them. */
export interface ItemFiles {
	/** The fields that `*` stands for, in the item's order. */
	fields: string[];
	find(field: string): IBinaryData | undefined;
	/** Whether an object from an expression is a file of this item or of a node before. */
	holds(file: IBinaryData): boolean;
}

/** n8n's `BINARY_MODE_COMBINED` and `BINARY_IN_JSON_PROPERTY`, which older hosts do not export. */
const COMBINED_MODE = 'combined';
const COMBINED_PROPERTY = '_files';

/**
 * Finds the files of an item where n8n keeps them: in `binary`, and in the workflow's binary mode
 * `combined` also in `json._files`. JSON of the other mode holds no file, whatever it looks like.
 */
export function itemFiles(context: BinaryContext, itemIndex: number): ItemFiles {
	const combined = isCombined(context);
	const item = context.getInputData()[itemIndex];
	const files = filesOf(item, combined);
	return {
		fields: [...files].filter(([, file]) => !isPreview(file)).map(([field]) => field),
		find: (field) =>
			files.get(field) ?? (combined ? findByPath(context, itemIndex, field) : undefined),
		holds: (file) =>
			[...files.values()].some((own) => isSame(own, file)) ||
			wasOutputBefore(context, itemIndex, file, combined),
	};
}

function isCombined(context: BinaryContext): boolean {
	return context.getWorkflowSettings?.().binaryMode === COMBINED_MODE;
}

function filesOf(
	item: INodeExecutionData | undefined,
	combined: boolean,
): Map<string, IBinaryData> {
	const inJson = combined ? item?.json?.[COMBINED_PROPERTY] : undefined;
	return new Map([
		// n8n stores every file that it moves into the JSON; one without an ID is not n8n's.
		...entriesOf(inJson).filter(([, { id }]) => typeof id === 'string' && id !== ''),
		...entriesOf(item?.binary),
	]);
}

function entriesOf(files: unknown): Array<[string, IBinaryData]> {
	if (typeof files !== 'object' || files === null) return [];
	return Object.entries(files).filter((entry): entry is [string, IBinaryData] =>
		isBinaryValue(entry[1]),
	);
}

/** In `combined` mode a field may also be a path into the item's JSON, which n8n resolves. */
function findByPath(
	{ helpers }: BinaryContext,
	itemIndex: number,
	path: string,
): IBinaryData | undefined {
	try {
		const file = helpers.assertBinaryData(itemIndex, path);
		return file.id ? file : undefined;
	} catch {
		// n8n throws for a path without a file; the refusal says so in words of its own.
		return undefined;
	}
}

/**
 * Whether an earlier node of this execution has output this file, as an expression such as
 * `$('Make PDF').item.binary.data` gives it. An object from elsewhere could name any stored file.
 */
function wasOutputBefore(
	context: BinaryContext,
	itemIndex: number,
	file: IBinaryData,
	combined: boolean,
): boolean {
	const proxy: Record<string, unknown> = context.getWorkflowDataProxy?.(itemIndex) ?? {};
	const { $, $runIndex: ownRun } = proxy;
	if (typeof $ !== 'function') return false;
	const nodes = context.getParentNodes?.(context.getNode?.().name ?? '') ?? [];
	return nodes.some(({ name }) => {
		for (let run = Number(ownRun); run >= -1; run--) {
			// Run -1 is the node's last one.
			const output = outputOf($ as NodeGetter, name, run);
			if (output.some((item) => holds(item, file, combined))) return true;
		}
		return false;
	});
}

type NodeGetter = (name: string) => { all(branch?: number, run?: number): unknown[] };

function outputOf($: NodeGetter, name: string, run: number): unknown[] {
	try {
		return $(name).all(undefined, run);
	} catch {
		// n8n throws for a run that there was not, and for a node that did not run.
		return [];
	}
}

/** In `combined` mode n8n's expressions see the JSON of an item alone. */
function holds(item: unknown, file: IBinaryData, combined: boolean): boolean {
	const full = (combined ? { json: item } : item) as INodeExecutionData;
	return [...filesOf(full, combined).values()].some((own) => isSame(own, file));
}

function isSame(own: IBinaryData, file: IBinaryData): boolean {
	return own.id ? own.id === file.id : !file.id && own.data === file.data;
}

/** Texts, where they are there at all; JSON from elsewhere may hold anything in their place. */
const TEXT_FIELDS = ['id', 'data', 'mimeType', 'fileName', 'fileExtension'] as const;

/** n8n's own test of a file (`isBinaryValue`), which not every version of n8n exports, and more exact. */
function isBinaryValue(value: unknown): value is IBinaryData {
	if (typeof value !== 'object' || value === null || !('mimeType' in value)) return false;
	const file = value as Record<string, unknown>;
	return (
		TEXT_FIELDS.every((field) =>
			['string', 'undefined'].includes(typeof (file[field] ?? undefined)),
		) &&
		(typeof file['data'] === 'string' || (typeof file['id'] === 'string' && file['id'] !== ''))
	);
}

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
			warnings.push(
				warning('attachments', `${shorten(file.field)} is named twice; it is attached once.`),
			);
		}
	};
	for (const entry of entries) {
		const { position } = entry;
		if (entry.kind === 'all') {
			if (item.fields.length === 0) {
				warnings.push(warning('attachments', 'Attachments is *, and the item has no files.'));
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
	return refusal('attachments', {
		cause: 'This entry looks like a file, but no node before this one has output such a file.',
		remedy:
			'Name an input data field, or pick the file of an earlier node, such as {{ $("Make PDF").item.binary.data }}. To make a file from data, use the Convert to File node.',
		position,
		value: name,
	});
}

function missing(name: string, position: number, fields: readonly string[]): Refusal {
	return refusal('attachments', {
		cause: 'The item has no input data field of this name.',
		remedy:
			fields.length === 0
				? 'The item has no files at all: check that the node before this one outputs them, or remove the option.'
				: `Use one of the fields that the item has: ${listNames(fields)}.`,
		position,
		value: name,
	});
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
				refusal('attachments', {
					cause: `This entry is ${shapeOf(element)}, neither the name of an input data field nor a file.`,
					remedy:
						'Give the names of the input data fields, with commas between them or as a list of texts.',
					position,
				}),
			);
		}
	});
	return { entries, refusals };
}

function listOf(value: unknown): unknown[] {
	if (value === undefined || value === null) return [];
	if (Array.isArray(value)) return value as unknown[];
	if (typeof value !== 'string') return [value];
	const list = readJson(value);
	return Array.isArray(list) ? (list as unknown[]) : value.split(',');
}
