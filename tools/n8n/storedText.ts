import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** A place where n8n keeps text, and what stands there. */
export interface StoredText {
	place: string;
	text: string;
}

/** Every log and every table of an n8n that has been stopped. */
export async function readStoredText(userFolder: string): Promise<StoredText[]> {
	const folder = join(userFolder, '.n8n');
	const logs = (await readdir(folder)).filter((name) => name.endsWith('.log'));
	const files = [join(userFolder, 'n8n.log'), ...logs.map((name) => join(folder, name))];
	return [
		...(await Promise.all(
			files.map(async (path) => ({ place: path, text: await readFile(path, 'utf8') })),
		)),
		...readTables(join(folder, 'database.sqlite')),
	];
}

// Read as tables rather than as a file: SQLite spreads a long text over pages that need not touch.
function readTables(path: string): StoredText[] {
	if (!existsSync(path)) throw new Error(`There is no database at ${path}`);
	const database = new DatabaseSync(path, { readOnly: true });
	try {
		const tables = database
			.prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
			.all() as Array<{ name: string }>;
		return tables.map(({ name }) => ({
			place: `table ${name}`,
			text: database
				.prepare(`SELECT * FROM "${name}"`)
				.all()
				.flatMap((row) => Object.values(row).map(readable))
				.join('\n'),
		}));
	} finally {
		database.close();
	}
}

function readable(value: unknown): string {
	return value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : String(value);
}
