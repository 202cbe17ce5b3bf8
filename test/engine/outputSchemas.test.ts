import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveOutputSchemaPath } from 'n8n-core';
import type { IDataObject } from 'n8n-workflow';
import { answeredOutcome, type Answer, type Asked } from '#node/ask/question';
import { installDeduplicationStore } from '#tools/engine/deduplicationStore';
import { hires, WELCOME } from '#tools/engine/linkedSandbox';
import { question } from '../node/ask/question';
import { linkedForTests } from './linkedForTests';

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
	if (value === null && path === '.approved') return [];
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

/** What n8n shows in red. Only `approved` is null by design. */
function red(value: unknown, path = ''): string[] {
	if (value === null || value === '') return path === '.approved' ? [] : [path];
	if (typeof value !== 'object') return [];
	const entries = Object.entries(value);
	if (Array.isArray(value) && entries.length === 0) return [path];
	return entries.flatMap(([name, one]) => red(one, `${path}.${name}`));
}

test('n8n finds them beside the node', () => {
	const nodeDir = join(FOLDER, '..', '..');
	expect(resolveOutputSchemaPath({ nodeDir, version: 1, operation: 'send' })).toBe(
		join(FOLDER, 'send.json'),
	);
});

const linked = linkedForTests({}, ['Mail.ReadWrite']);

beforeAll(async () => {
	await installDeduplicationStore();
});

beforeEach(() => linked.sandbox.reset());

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
	['send', { options: { sendOnceKey: 'schema' } }],
	['send', { options: { sendOnceKey: 'schema' } }],
	['reply', { replyMode: 'reply' }],
	['reply', { replyMode: 'replyAll', options: { attachments: 'letter' } }],
	['reply', { replyMode: 'forward', to: 'sam@contoso.example', options: { attachments: '*' } }],
])(
	'n8n’s schema of %s knows all that comes out, and nothing is red, with %j',
	async (operation, parameters) => {
		const [item] = hires(1);
		const messageId = linked.sandbox.receive({
			mailbox: linked.sandbox.directory.accounts.adele.userPrincipalName,
			from: 'sam@contoso.example',
			to: ['it@contoso.example'],
			subject: 'New laptop',
			body: '<p>Please send one.</p>',
		});
		const { items, error } = await linked.run({
			parameters: { ...WELCOME, messageId, operation, ...parameters },
			items: [{ ...item!, binary: FILES }],
		});
		expect(error).toBeUndefined();
		const schema = schemaOf(operation);
		expect(items).not.toEqual([]);
		expect(items.flatMap(({ json }) => strangers(json, schema))).toEqual([]);
		expect(items.flatMap(({ json }) => red(json))).toEqual([]);
	},
);

describe('sendAndWait', () => {
	const QUESTION = {
		operation: 'sendAndWait',
		to: 'ann@contoso.example, bob@contoso.example',
		subject: 'Access',
		message: 'Does **Sam** need payroll?',
	};

	const ASKED: Asked[] = [{ email: 'ann@contoso.example', status: 'accepted' }];

	function requireKnown(json: unknown) {
		expect(strangers(json, schemaOf('sendAndWait'))).toEqual([]);
		expect(red(json)).toEqual([]);
	}

	test('at the deadline, and when one email failed', async () => {
		linked.sandbox.faults.switchOn('quota507', { times: 1 });
		const { run, error } = await linked.run({
			items: hires(1),
			parameters: { ...QUESTION, deadline: { within: { amount: 2, unit: 'hours' } } },
		});
		expect(error).toBeUndefined();
		const [waiting] = run.data.executionData!.nodeExecutionStack[0]!.data.main![0]!;
		expect(waiting!.json).toMatchObject({ status: 'noAnswer', asked: [{}, {}] });
		requireKnown(waiting!.json);
	});

	test('asked before with the same key', async () => {
		const parameters = { ...QUESTION, options: { sendOnceKey: 'asked' } };
		await linked.run({ items: hires(1), parameters });
		const { items } = await linked.run({ items: hires(1), parameters });
		expect(items).toMatchObject([{ json: { status: 'alreadySent', approved: null } }]);
		requireKnown(items[0]!.json);
	});

	test.each<[answer: Partial<Answer>, freeText: boolean]>([
		[{ choice: 1 }, false],
		[{ choice: 2, comment: 'Not yet' }, false],
		[{ choice: 3 }, false],
		[{ comment: 'On Monday' }, true],
	])('answered with %j', (answer, freeText) => {
		const choices = question().choices;
		const neither = { label: 'Later', value: 'later', meaning: 'neither' as const };
		const asked = question({ choices: freeText ? [] : [...choices.slice(0, 2), neither] });
		requireKnown(answeredOutcome(asked, { person: 1, comment: '', ...answer }, ASKED, new Date()));
	});
});

test('nothing is red in an item that failed', async () => {
	const [item] = hires(1);
	linked.sandbox.faults.switchOn('quota507');
	for (const parameters of [{}, { to: 'nobody' }, { subject: '={{ nothing( }}' }]) {
		const { items } = await linked.run({
			parameters: { ...WELCOME, ...parameters },
			items: [item!],
			onError: 'continueRegularOutput',
		});
		expect(items).toMatchObject([{ json: { error: expect.any(String) } }]);
		expect(items.flatMap(({ json }) => red(json))).toEqual([]);
	}
});
