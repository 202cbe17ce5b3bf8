import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { IExecuteFunctions } from 'n8n-workflow';
import { ModuleKind, transpileModule } from 'typescript';
import { findKeyStore, StoreNotReachable, type Purpose } from '#node/delivery/once/keyStore';
import {
	installDeduplicationStore,
	type DeduplicationStore,
} from '#tools/engine/deduplicationStore';

let store: DeduplicationStore;
beforeAll(async () => {
	store = await installDeduplicationStore();
});
beforeEach(() => store.rows.clear());
afterEach(() => jest.restoreAllMocks());

const contextOf = (node = 'node', workflow = 'workflow') =>
	({
		getNode: () => ({ id: node }),
		getWorkflow: () => ({ id: workflow }),
	}) as unknown as IExecuteFunctions;
const open = (node?: string, purpose: Purpose = 'sendOnce') =>
	findKeyStore(contextOf(node), purpose)!;

test('the first claims, the others learn how far it came', async () => {
	const keys = open();
	expect(await keys.claim('a')).toBe('claimed');
	expect(await keys.claim('a')).toBe('started');
	await keys.markDone('a');
	expect(await keys.claim('a')).toBe('done');
	expect(await keys.count('a')).toBe(2);
	await keys.remove('a');
	expect(await keys.count('a')).toBe(0);
	expect(await keys.claim('a')).toBe('claimed');
});

test('of many that claim at once, one does', async () => {
	const claims = await Promise.all(Array.from({ length: 8 }, async () => await open().claim('a')));
	expect(claims.filter((claim) => claim === 'claimed')).toHaveLength(1);
	expect(claims.filter((claim) => claim === 'started')).toHaveLength(7);
});

test('a row belongs to one key of one node for one purpose, and its name fits in the column', async () => {
	const key = 'x'.repeat(10_000);
	const node = 'an imported node may have any ID '.repeat(20);
	await open(node).claim(key);
	await open(node, 'answer').claim(key);
	await open('other').claim(key);
	await open(node).claim('y');
	expect(store.rows.size).toBe(4);
	for (const name of store.rows.keys()) expect(name.length).toBeLessThan(100);
});

test('entries of a row can be counted', async () => {
	const keys = open('node', 'question');
	for (const entry of ['1', '2', '2', '3']) await keys.add('run', entry);
	expect(await keys.count('run')).toBe(3);
});

describe('an insert that fails', () => {
	const failures = (times: number) => {
		const insert = jest.spyOn(store, 'checkProcessedAndRecord');
		for (let time = 0; time < times; time++) {
			insert.mockRejectedValueOnce(new Error('SQLITE_CONSTRAINT'));
		}
	};

	test.each([
		['started', 1],
		['done', 2],
	] as const)('is %s when the row that it met has %i entries', async (claim, entries) => {
		failures(1);
		jest.spyOn(store, 'getProcessedDataCount').mockResolvedValueOnce(0).mockResolvedValue(entries);
		expect(await open().claim('a')).toBe(claim);
	});

	test('is tried once more when there is no row', async () => {
		failures(1);
		expect(await open().claim('a')).toBe('claimed');
	});

	test('twice without a row is a store that cannot be reached, and the cause is told', async () => {
		failures(2);
		const refusal: unknown = await open()
			.claim('a')
			.catch((error: unknown) => error);
		expect(refusal).toBeInstanceOf(StoreNotReachable);
		expect((refusal as Error).cause).toEqual(new Error('SQLITE_CONSTRAINT'));
		expect(store.rows.size).toBe(0);
	});
});

test('without a workflow ID there is no store: its rows would be anybody’s', () => {
	expect(findKeyStore(contextOf('node', ''), 'sendOnce')).toBeUndefined();
});

describe('beside another community package that brings its own n8n-core', () => {
	let folder: string;
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'key-store-'));
		const source = await readFile('nodes/SendOutlookMail/delivery/once/keyStore.ts', 'utf8');
		const { outputText } = transpileModule(source, {
			compilerOptions: { module: ModuleKind.CommonJS },
		});
		const core = (instance: string) =>
			`exports.DataDeduplicationService = { getInstance() { ${instance} } };`;
		const files = {
			'n8n/bin/n8n.js': `
				const { findKeyStore } = require('../../nodes/node_modules/ours/keyStore.js');
				const context = { getNode: () => ({ id: 'n' }), getWorkflow: () => ({ id: 'w' }) };
				const keys = findKeyStore(context, 'sendOnce');
				if (!keys) console.log('none');
				else keys.count('a').then(console.log);`,
			'n8n/node_modules/n8n-core/index.js': core(
				'return { getProcessedDataCount: async () => 42 };',
			),
			'nodes/node_modules/n8n-core/index.js': core('throw new Error("not initialized");'),
			'nodes/node_modules/ours/keyStore.js': outputText,
			'elsewhere/start.js': `process.argv[1] = __filename; require('../n8n/bin/n8n.js');`,
		};
		for (const [name, text] of Object.entries(files)) {
			await mkdir(dirname(join(folder, name)), { recursive: true });
			await writeFile(join(folder, name), text);
		}
	});
	afterAll(async () => await rm(folder, { recursive: true }));

	const start = async (file: string) =>
		(await promisify(execFile)(process.execPath, [join(folder, file)])).stdout.trim();

	test("n8n's own is used", async () => {
		expect(await start('n8n/bin/n8n.js')).toBe('42');
	});

	test('where only the copy is found, there is no store', async () => {
		expect(await start('elsewhere/start.js')).toBe('none');
	});
});
