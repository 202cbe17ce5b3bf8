import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import 'reflect-metadata';
import { resolveOutputSchemaPath } from 'n8n-core';
import type { IDataObject } from 'n8n-workflow';
import { linkedForTests } from './linkedForTests';
import { hires, WELCOME } from '#tools/engine/linkedSandbox';

interface Schema {
	type?: string;
	properties?: Record<string, Schema>;
	items?: Schema;
}

const FOLDER = join(__dirname, '../../nodes/SendOutlookMail/__schema__/v1.0.0');

const schemaOf = (operation: string) =>
	JSON.parse(readFileSync(join(FOLDER, `${operation}.json`), 'utf8')) as Schema;

/** What a value has that its schema does not know, or knows as another type. */
function strangers(value: unknown, schema: Schema | undefined, path = ''): string[] {
	if (!schema) return [path];
	const type = Array.isArray(value) ? 'array' : typeof value;
	if (type !== schema.type) return [`${path}: ${type}`];
	if (Array.isArray(value))
		return value.flatMap((one) => strangers(one, schema.items, `${path}[]`));
	// Of a message as Graph takes it, only the fields that are worth dragging are listed.
	if (type !== 'object' || path === '.message') return [];
	return Object.entries(value as object).flatMap(([name, one]) =>
		strangers(one, schema.properties?.[name], `${path}.${name}`),
	);
}

test('n8n finds them beside the node', () => {
	const nodeDir = join(FOLDER, '..', '..');
	expect(resolveOutputSchemaPath({ nodeDir, version: 1, operation: 'send' })).toBe(
		join(FOLDER, 'send.json'),
	);
});

const linked = linkedForTests({}, ['Mail.ReadWrite']);

const FILES = {
	letter: { data: 'aGVsbG8=', mimeType: 'text/plain', fileName: 'letter.txt' },
	logo: { data: 'aGVsbG8=', mimeType: 'image/png', fileName: 'logo.png' },
};

test.each<[string, IDataObject]>([
	['send', { options: { cc: 'sam@contoso.example', bcc: 'audit@contoso.example' } }],
	['send', { options: { deferUntil: '2126-11-23T08:00:00' } }],
	[
		'preview',
		{
			bodyType: 'html',
			body: '<p><img src="cid:logo"></p>',
			options: { attachments: '*', cc: 'sam@contoso.example, SAM@contoso.example' },
		},
	],
	['preview', { to: 'nobody', options: { attachments: 'nothing' } }],
	['preview', { subject: '={{ nothing( }}' }],
	['checkConnection', {}],
])('n8n’s schema of %s knows all that comes out, with %j', async (operation, parameters) => {
	const [item] = hires(1);
	const { items, error } = await linked.run({
		parameters: { ...WELCOME, operation, ...parameters },
		items: [{ ...item!, binary: FILES }],
	});
	expect(error).toBeUndefined();
	const schema = schemaOf(operation);
	expect(items.flatMap(({ json }) => strangers(json, schema))).toEqual([]);
});
