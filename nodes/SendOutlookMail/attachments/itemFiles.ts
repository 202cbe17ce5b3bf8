import { isPreview, type BinaryContext } from './file';
import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';
import {
	listNames,
	refusal,
	shorten,
	warning,
	type Fault,
	type Refusal,
	type Warning,
} from '../mail/issues';
import { isBlank, isPlainObject, listOf, shapeOf } from '../mail/parsed';

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
	const combined = context.getWorkflowSettings?.().binaryMode === COMBINED_MODE;
	const files = filesOf(context.getInputData()[itemIndex], combined);
	return {
		fields: [...files].filter(([, file]) => !isPreview(file)).map(([field]) => field),
		find: (field) =>
			files.get(field) ?? (combined ? findByPath(context, itemIndex, field) : undefined),
		holds(file) {
			if (isAmong(files, file)) return true;
			for (const output of earlierOutput(context, itemIndex)) {
				// In `combined` mode n8n's expressions see the JSON of an item alone.
				const item = (combined ? { json: output } : output) as INodeExecutionData;
				if (isAmong(filesOf(item, combined), file)) return true;
			}
			return false;
		},
	};
}

function filesOf(
	item: INodeExecutionData | undefined,
	combined: boolean,
): Map<string, IBinaryData> {
	const inJson = combined ? item?.json?.[COMBINED_PROPERTY] : undefined;
	return new Map([
		// n8n stores every file that it moves into the JSON; one without an ID is not n8n's.
		...filesIn(inJson).filter(([, { id }]) => typeof id === 'string' && id !== ''),
		...filesIn(item?.binary),
	]);
}

function filesIn(files: unknown): Array<[string, IBinaryData]> {
	return Object.entries(files ?? {}).filter((entry): entry is [string, IBinaryData] =>
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
 * What earlier nodes of this execution have output, as an expression such as
 * `$('Make PDF').item.binary.data` gives it. An object from elsewhere could name any stored file.
 */
function* earlierOutput(context: BinaryContext, itemIndex: number): Generator<unknown> {
	const proxy: Record<string, unknown> = context.getWorkflowDataProxy?.(itemIndex) ?? {};
	const { $, $runIndex: ownRun } = proxy;
	if (typeof $ !== 'function') return;
	const nodes = context.getParentNodes?.(context.getNode?.().name ?? '') ?? [];
	for (const { name } of nodes) {
		// Run -1 is the node's last one.
		for (let run = Number(ownRun); run >= -1; run--) {
			try {
				yield* ($ as NodeGetter)(name).all(undefined, run);
			} catch {
				// n8n throws for a run that there was not, and for a node that did not run.
			}
		}
	}
}

type NodeGetter = (name: string) => { all(branch?: number, run?: number): unknown[] };

function isAmong(files: Map<string, IBinaryData>, { id, data }: IBinaryData): boolean {
	return [...files.values()].some((own) => (own.id ? own.id === id : !id && own.data === data));
}

/** Texts, where they are there at all; JSON from elsewhere may hold anything in their place. */
const TEXT_FIELDS = ['id', 'data', 'mimeType', 'fileName', 'fileExtension'] as const;

/** n8n's own test of a file (`isBinaryValue`), which not every version of n8n exports, and more exact. */
function isBinaryValue(value: unknown): value is IBinaryData {
	if (!isPlainObject(value) || !('mimeType' in value)) return false;
	const { id, data } = value;
	return (
		TEXT_FIELDS.every((name) =>
			['string', 'undefined'].includes(typeof (value[name] ?? undefined)),
		) &&
		(typeof data === 'string' || (typeof id === 'string' && id !== ''))
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

/**
 * Finds the files that the option names, each once, in its order. Reads the option in every shape that
 * n8n may hand over: a text with names between commas, `*`, a JSON list in a text, or a list from an
 * expression, whose entries are names or files themselves (`$('Make PDF').item.binary.data`). Left
 * blank, it names no file; a blank name is passed over.
 */
export function listFiles(
	attachments: unknown,
	item: ItemFiles,
): { files: ListedFile[]; refusals: Refusal[]; warnings: Warning[] } {
	const files: ListedFile[] = [];
	const refusals: Refusal[] = [];
	const warnings: Warning[] = [];
	const warn = (text: string) => warnings.push(warning('attachments', text));
	const isListed = (file: IBinaryData) => files.some(({ data }) => data === file);
	const add = (file: ListedFile) => {
		if (!isListed(file.data)) files.push(file);
		else warn(`${shorten(file.field)} is named twice; it is attached once.`);
	};
	const refuse = (fault: Fault, position: number, value?: string) =>
		refusals.push(refusal('attachments', { ...fault, position, value }));
	const entries = isBlank(attachments) ? [] : listOf(attachments, ',');
	entries.forEach((entry, index) => {
		const position = index + 1;
		const name = typeof entry === 'string' ? entry.trim() : undefined;
		if (name === '') return;
		if (name === '*') {
			if (item.fields.length === 0) warn('Attachments is *, and the item has no files.');
			for (const field of item.fields) {
				const data = item.find(field);
				if (data && !isListed(data)) files.push({ field, position, data });
			}
		} else if (name !== undefined) {
			const data = item.find(name);
			if (data) add({ field: name, position, data });
			else refuse(missingFault(item.fields), position, name);
		} else if (isBinaryValue(entry)) {
			const field = entry.fileName || `entry ${position}`;
			if (item.holds(entry)) add({ field, position, data: entry });
			else refuse(NOT_OF_N8N, position, field);
		} else {
			refuse(notAFile(entry), position);
		}
	});
	return { files, refusals, warnings };
}

/** A file's data can be typed by hand or come from elsewhere; only what n8n holds is a file. */
const NOT_OF_N8N: Fault = {
	cause: 'This entry looks like a file, but no node before this one has output such a file.',
	remedy:
		'Name an input data field, or pick the file of an earlier node, such as {{ $("Make PDF").item.binary.data }}. To make a file from data, use the Convert to File node.',
};

/** @param fields that the item has */
function missingFault(fields: readonly string[]): Fault {
	return {
		cause: 'The item has no input data field of this name.',
		remedy:
			fields.length === 0
				? 'The item has no files at all: check that the node before this one outputs them, or remove the option.'
				: `Use one of the fields that the item has: ${listNames(fields.map(shorten))}.`,
	};
}

function notAFile(entry: unknown): Fault {
	return {
		cause: `This entry is ${shapeOf(entry)}, neither the name of an input data field nor a file.`,
		remedy:
			'Give the names of the input data fields, with commas between them or as a list of texts.',
	};
}
