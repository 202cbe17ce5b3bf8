import { join, relative } from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';

/** Derives the JSON schema of Graph's bodies from Microsoft's types: nothing is written by hand. */
export function buildSchema(): string {
	const schema = createGenerator({
		path: join(__dirname, 'shapes.ts'),
		tsconfig: join(__dirname, '../../../tsconfig.json'),
		type: 'GraphBodies',
		additionalProperties: false,
		skipTypeCheck: true,
		jsDoc: 'none',
		expose: 'none',
		topRef: true,
		sortProps: true,
	}).createSchema('GraphBodies');
	return `${JSON.stringify(schema, null, 2)}\n`;
}

export const SCHEMA_FILE = join(__dirname, 'message.schema.json');
export const SCHEMA_NAME = relative(process.cwd(), SCHEMA_FILE);
