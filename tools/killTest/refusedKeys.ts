import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { IExecuteFunctions } from 'n8n-workflow';
import { findKeyStore, StoreNotReachable, type KeyStore } from '#node/delivery/once/keyStore';
import { messageOf } from '#node/facts/failure';
import { createFolder } from '../fleet/folder';
import { startPostgres } from '../fleet/stores/postgres';
import { requireStores } from '../fleet/stores/requireStores';
import { Checklist } from '../kit/checklist';
import type { Ending } from '../kit/ending';
import { LOOPBACK } from '../kit/ports';
import { step } from '../kit/progress';
import { installN8n, N8N_PROGRAM } from '../n8n/install';

export const DATABASES = ['sqlite', 'postgres'] as const;

/** Runs one statement in n8n's database, over another connection than n8n's own. */
type Execute = (statement: string) => Promise<void>;

interface Database {
	/** n8n's settings. */
	settings: Readonly<Record<string, string>>;
	/** Once n8n has made its tables. */
	connect(): Promise<Execute>;
	/** Keeps others from writing keys, until `unlock`. */
	lock: string;
	unlock: string;
	/** Makes the column too narrow for a row's name; none where the database counts no characters. */
	narrow?: string;
	widen?: string;
}

/**
 * What becomes of a key that n8n's database refuses: n8n's own tables, migrations and de-duplication,
 * in this process, with the node's store of keys. Nothing is claimed, and afterwards the key is.
 */
export async function refuseKeys(
	name: (typeof DATABASES)[number],
	ending: Ending,
): Promise<Checklist> {
	await installN8n();
	const folder = await createFolder();
	ending.then(folder.remove);
	const database = await (name === 'sqlite'
		? sqlite(folder.path, ending)
		: postgres(folder, ending));
	Object.assign(process.env, {
		...{ N8N_USER_FOLDER: folder.path, N8N_LOG_LEVEL: 'error' },
		...database.settings,
	});
	const saved = await step("Making n8n's tables", openDatabase, '10 to 60 seconds');
	ending.then(saved.close);
	const execute = await database.connect();

	const list = new Checklist();
	const keys = storeOf(saved.workflowId);
	const refused = async (store: KeyStore, key: string): Promise<string> => {
		const error: unknown = await store.claim(key).catch((thrown: unknown) => thrown);
		assert.ok(error instanceof StoreNotReachable, `It is ${messageOf(error) ?? String(error)}.`);
		return messageOf(error.cause) ?? '';
	};
	const refusedUntil = async (key: string, refuse: string, allow: string): Promise<string> => {
		await execute(refuse);
		const words = await refused(keys, key).finally(async () => await execute(allow));
		assert.equal(await keys.claim(key), 'claimed');
		assert.equal(await keys.claim(key), 'started');
		return words;
	};

	await list.check(`${name}: a key of 100,000 characters is claimed once`, async () => {
		const key = 'k'.repeat(100_000);
		assert.equal(await keys.claim(key), 'claimed');
		await keys.markDone(key);
		assert.equal(await keys.claim(key), 'done');
	});
	await list.check(`${name}: of ten claims at once, one is let through`, async () => {
		const claims = await Promise.all(Array.from({ length: 10 }, async () => await keys.claim('a')));
		assert.equal(claims.filter((claim) => claim === 'claimed').length, 1);
		assert.equal(claims.filter((claim) => claim === 'started').length, 9);
	});
	await list.check(
		`${name}: a workflow that is not saved (foreign key)`,
		async () => await refused(storeOf('not-saved'), 'b'),
	);
	await list.check(
		`${name}: a table that another connection has locked; afterwards the key is claimed`,
		async () => await refusedUntil('c', database.lock, database.unlock),
	);
	const { narrow, widen } = database;
	if (narrow !== undefined && widen !== undefined) {
		await list.check(
			`${name}: a value that is too long; afterwards the key is claimed`,
			async () => await refusedUntil('d', narrow, widen),
		);
	}
	return list;
}

/** SQLite's locks are of processes: another connection of this one would see none. */
const OTHER_PROCESS = `
	const { DatabaseSync } = require('node:sqlite');
	const database = new DatabaseSync(process.argv[1]);
	process.on('message', (statement) => {
		database.exec(statement);
		process.send('done');
	});
`;

async function sqlite(folder: string, ending: Ending): Promise<Database> {
	return {
		settings: { DB_TYPE: 'sqlite' },
		async connect() {
			const file = join(folder, '.n8n', 'database.sqlite');
			const other = spawn(process.execPath, ['-e', OTHER_PROCESS, file], {
				stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
			});
			ending.then(async () => void other.kill());
			return async (statement) => {
				other.send(statement);
				await once(other, 'message');
			};
		},
		lock: 'BEGIN IMMEDIATE',
		unlock: 'ROLLBACK',
	};
}

async function postgres(
	folder: Awaited<ReturnType<typeof createFolder>>,
	ending: Ending,
): Promise<Database> {
	const programs = await requireStores();
	const server = await startPostgres(programs, await folder.room('postgres'));
	ending.then(server.stop);
	const { port, user, password, database } = server;
	const connect = async (): Promise<Execute> => {
		const { Client } = createRequire(N8N_PROGRAM)('pg') as {
			Client: new (settings: object) => {
				on(event: 'error', listener: () => void): void;
				connect(): Promise<void>;
				query(text: string): Promise<unknown>;
			};
		};
		const client = new Client({ host: LOOPBACK, port, user, password, database });
		// PostgreSQL is stopped first.
		client.on('error', () => {});
		await client.connect();
		return async (statement) => void (await client.query(statement));
	};
	// An administrator's setting; without it, an insert waits for as long as the lock is held.
	await (
		await connect()
	)(`ALTER DATABASE ${database} SET lock_timeout = '500ms'`);
	return {
		settings: {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: LOOPBACK,
			DB_POSTGRESDB_PORT: String(port),
			DB_POSTGRESDB_USER: user,
			DB_POSTGRESDB_PASSWORD: password,
			DB_POSTGRESDB_DATABASE: database,
		},
		connect,
		lock: 'BEGIN; LOCK TABLE processed_data IN EXCLUSIVE MODE',
		unlock: 'ROLLBACK',
		// Existing names are longer.
		narrow:
			'DELETE FROM processed_data; ALTER TABLE processed_data ALTER COLUMN context TYPE varchar(20)',
		widen: 'ALTER TABLE processed_data ALTER COLUMN context TYPE varchar(255)',
	};
}

interface Connection {
	init(): Promise<void>;
	migrate(): Promise<void>;
	close(): Promise<void>;
}

/** n8n's own connection and de-duplication, as `n8n start` sets them up, and one saved workflow. */
async function openDatabase(): Promise<{ workflowId: string; close: () => Promise<void> }> {
	const load = createRequire(N8N_PROGRAM);
	load('reflect-metadata');
	const { Container } = load('@n8n/di') as { Container: { get<T>(type: unknown): T } };
	const db = load('@n8n/db') as Record<'DbConnection' | 'WorkflowRepository', unknown>;
	const connection = Container.get<Connection>(db.DbConnection);
	await connection.init();
	await connection.migrate();
	const { getDataDeduplicationService } = load('../dist/deduplication') as {
		getDataDeduplicationService(): never;
	};
	const core = load('n8n-core') as typeof import('n8n-core');
	await core.DataDeduplicationService.init(getDataDeduplicationService());
	// Where the node looks for n8n's own n8n-core.
	process.argv[1] = N8N_PROGRAM;
	const workflows = Container.get<{ save(workflow: object): Promise<{ id: string }> }>(
		db.WorkflowRepository,
	);
	const { id } = await workflows.save({
		...{ id: 'saved', name: 'Saved', active: false, nodes: [], connections: {} },
		versionId: globalThis.crypto.randomUUID(),
	});
	return { workflowId: id, close: async () => await connection.close() };
}

function storeOf(workflowId: string): KeyStore {
	const store = findKeyStore(
		{
			getWorkflow: () => ({ id: workflowId, active: false }),
			getNode: () => ({ id: 'node-1' }),
		} as unknown as IExecuteFunctions,
		'sendOnce',
	);
	assert.ok(store, "n8n's de-duplication cannot be reached");
	return store;
}
