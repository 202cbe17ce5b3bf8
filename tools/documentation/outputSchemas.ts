import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { createGenerator, type Schema } from 'ts-json-schema-generator';
import { PACKAGE_FOLDER } from '../kit/folders';

const NODE = join('nodes', 'SendOutlookMail');
/** Where n8n looks for them: `__schema__/v<node version>/<operation>.json`, beside the node. */
const FOLDER = join(NODE, '__schema__', 'v1.0.0');

/** The type that each operation outputs. */
const TYPES: ReadonlyArray<[operation: string, file: string, type: string]> = [
	['send', 'output/fields.ts', 'SentFields'],
	['reply', 'output/fields.ts', 'SentFields'],
	['preview', 'output/fields.ts', 'PreviewFields'],
	['checkConnection', 'output/fields.ts', 'CheckFields'],
	['sendAndWait', 'ask/question.ts', 'QuestionOutcome'],
];

export interface OutputSchema {
	/** Relative to the project. */
	path: string;
	text: string;
}

/** n8n's schemas of what each operation outputs, made from the node's own types. */
export async function outputSchemas(): Promise<OutputSchema[]> {
	return await Promise.all(
		TYPES.map(async ([operation, file, type]) => {
			const path = join(FOLDER, `${operation}.json`);
			const schema = { ...simplified(schemaOf(file, type)), version: 1 };
			const config = await resolveConfig(join(PACKAGE_FOLDER, path));
			return { path, text: await format(JSON.stringify(schema), { ...config, parser: 'json' }) };
		}),
	);
}

/** Writes those that are not as they should be. @returns their paths */
export async function writeOutputSchemas(): Promise<string[]> {
	const stale = await staleOutputSchemas();
	for (const { path, text } of stale) {
		await mkdir(dirname(join(PACKAGE_FOLDER, path)), { recursive: true });
		await writeFile(join(PACKAGE_FOLDER, path), text);
	}
	return stale.map(({ path }) => path);
}

export async function staleOutputSchemas(): Promise<OutputSchema[]> {
	const stale: OutputSchema[] = [];
	for (const schema of await outputSchemas()) {
		const written = await readFile(join(PACKAGE_FOLDER, schema.path), 'utf8').catch(
			() => undefined,
		);
		if (written !== schema.text) stale.push(schema);
	}
	return stale;
}

function schemaOf(file: string, type: string): Schema {
	return createGenerator({
		path: join(PACKAGE_FOLDER, NODE, file),
		tsconfig: join(PACKAGE_FOLDER, 'tsconfig.json'),
		type,
		skipTypeCheck: true,
		jsDoc: 'none',
		expose: 'none',
		topRef: false,
	}).createSchema(type);
}

/**
 * The form of n8n's own schemas: types, properties and items, nothing else. What every output has comes
 * first, as the editor lists the fields in this order.
 */
function simplified(schema: Schema): Schema {
	const [first] = schema.anyOf ?? [];
	if (typeof first === 'object') return simplified(first);
	const type = Array.isArray(schema.type) ? schema.type.find((one) => one !== 'null') : schema.type;
	const { properties, required = [], items } = schema;
	return {
		...(type === undefined ? {} : { type }),
		...(properties && {
			properties: Object.fromEntries(
				Object.entries(properties)
					.sort(
						([one], [other]) => Number(required.includes(other)) - Number(required.includes(one)),
					)
					.map(([name, property]) => [name, simplified(property as Schema)]),
			),
		}),
		...(items && !Array.isArray(items) && { items: simplified(items as Schema) }),
	};
}
