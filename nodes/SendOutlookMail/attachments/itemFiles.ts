import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

/** What this room asks of n8n. */
export interface BinaryContext {
	getInputData(): ReturnType<IExecuteFunctions['getInputData']>;
	helpers: Pick<
		IExecuteFunctions['helpers'],
		'assertBinaryData' | 'getBinaryStream' | 'getBinaryMetadata'
	>;
}

/** The files of one input item, by the input data field that holds them. */
export interface ItemFiles {
	/** The fields that `*` stands for, in the item's order. */
	fields: string[];
	find(field: string): IBinaryData | undefined;
}

/** Where n8n keeps files when a workflow's binary mode is `combined`. */
const COMBINED_PROPERTY = '_files';

/** Finds the files of an item in both binary modes of n8n: beside its JSON, or inside. */
export function itemFiles(context: BinaryContext, itemIndex: number): ItemFiles {
	const item = context.getInputData()[itemIndex];
	const combined = item?.json[COMBINED_PROPERTY];
	const files = new Map<string, IBinaryData>([
		...Object.entries(item?.binary ?? {}),
		...(typeof combined === 'object' && combined !== null ? Object.entries(combined) : []).filter(
			(entry): entry is [string, IBinaryData] => isBinaryValue(entry[1]),
		),
	]);
	return {
		fields: [...files.keys()],
		find: (field) => files.get(field) ?? findByPath(context, itemIndex, field),
	};
}

/** In `combined` mode a field may also be a path into the item's JSON, which n8n resolves. */
function findByPath(
	{ helpers }: BinaryContext,
	itemIndex: number,
	path: string,
): IBinaryData | undefined {
	try {
		return helpers.assertBinaryData(itemIndex, path);
	} catch {
		// n8n throws for a field that is not there; the refusal says so in this room's words.
		return undefined;
	}
}

/** n8n's own test of a file (`isBinaryValue`), which not every version of n8n exports. */
export function isBinaryValue(value: unknown): value is IBinaryData {
	return (
		typeof value === 'object' &&
		value !== null &&
		'mimeType' in value &&
		('data' in value || 'id' in value)
	);
}
