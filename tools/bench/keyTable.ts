import { createHash, randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import type { Postgres } from '../fleet/stores/postgres';
import { LOOPBACK } from '../kit/ports';
import { N8N_PROGRAM } from '../n8n/install';

/** n8n's de-duplication table. */
export interface KeyTable {
	/** Stores keys as the node does, for this workflow. */
	fill(workflowId: string, keys: number): Promise<void>;
	/** What the table and its index take, in bytes. */
	bytes(): Promise<number>;
	close(): Promise<void>;
}

const md5 = (entry: string) => createHash('md5').update(entry).digest('base64');
const VALUE = JSON.stringify({ mode: 'entries', data: [md5('started'), md5('done')] });
/** How many rows are written at once. */
const BATCH = 2_000;
const nameOfKey = () => `n:${randomBytes(32).toString('hex')}`;

export function sqliteTable(userFolder: string): KeyTable {
	const open = () =>
		new DatabaseSync(join(userFolder, '.n8n', 'database.sqlite'), {
			// n8n writes to it too, in milliseconds.
			timeout: 10_000,
		});
	return {
		async fill(workflowId, keys) {
			const database = open();
			const insert = database.prepare(
				'INSERT INTO processed_data (workflowId, context, value) VALUES (?, ?, ?)',
			);
			for (let left = keys; left > 0; left -= BATCH) {
				database.exec('BEGIN');
				for (let key = 0; key < Math.min(left, BATCH); key++) {
					insert.run(workflowId, nameOfKey(), VALUE);
				}
				database.exec('COMMIT');
				// n8n writes to it too.
				await wait(20);
			}
			database.close();
		},
		async bytes() {
			const database = open();
			try {
				const size = database
					.prepare("SELECT sum(pgsize) AS bytes FROM dbstat WHERE name LIKE '%processed_data%'")
					.get() as { bytes: number };
				return size.bytes;
			} finally {
				database.close();
			}
		},
		close: async () => {},
	};
}

interface Client {
	on(event: 'error', listener: () => void): void;
	connect(): Promise<void>;
	query(text: string, values?: unknown[]): Promise<{ rows: Array<Record<string, string>> }>;
	end(): Promise<void>;
}

export async function postgresTable({
	port,
	user,
	password,
	database,
}: Postgres): Promise<KeyTable> {
	const { Client } = createRequire(N8N_PROGRAM)('pg') as {
		Client: new (settings: object) => Client;
	};
	const client = new Client({ host: LOOPBACK, port, user, password, database });
	// PostgreSQL is stopped first when something goes wrong.
	client.on('error', () => {});
	await client.connect();
	return {
		async fill(workflowId, keys) {
			await client.query(
				`INSERT INTO processed_data ("workflowId", context, value)
				 SELECT $1, 'n:' || encode(sha256((random()::text || i)::bytea), 'hex'), $2
				 FROM generate_series(1, $3) AS i`,
				[workflowId, VALUE, keys],
			);
			await client.query('ANALYZE processed_data');
		},
		async bytes() {
			const { rows } = await client.query(
				"SELECT pg_total_relation_size('processed_data') AS bytes",
			);
			return Number(rows[0]?.['bytes']);
		},
		close: async () => await client.end(),
	};
}
