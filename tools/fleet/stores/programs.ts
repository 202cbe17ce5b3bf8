import { access, constants, readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** Where the programs of the stores are. */
export interface Programs {
	redisServer: string;
	postgres: string;
	initdb: string;
	/** Starts a program as another user, and ends it when we die. */
	setpriv: string;
}

/** Debian keeps PostgreSQL's programs by version and off the PATH. */
const POSTGRES_HOME = '/usr/lib/postgresql';

/** @returns undefined unless all are there */
export async function findPrograms(): Promise<Programs | undefined> {
	const path = (process.env['PATH'] ?? '').split(delimiter);
	const postgres = [...(await postgresFolders()), ...path];
	const [redisServer, postgresServer, initdb, setpriv] = await Promise.all([
		find('redis-server', path),
		find('postgres', postgres),
		find('initdb', postgres),
		find('setpriv', path),
	]);
	if (!redisServer || !postgresServer || !initdb || !setpriv) return undefined;
	return { redisServer, postgres: postgresServer, initdb, setpriv };
}

async function find(name: string, folders: readonly string[]): Promise<string | undefined> {
	for (const folder of folders) {
		const path = join(folder, name);
		if (await isExecutable(path)) return path;
	}
	return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
	return await access(path, constants.X_OK).then(
		() => true,
		() => false,
	);
}

/** The newest first. */
async function postgresFolders(): Promise<string[]> {
	const versions = await readdir(POSTGRES_HOME).catch(() => []);
	return versions
		.sort((a, b) => Number(b) - Number(a))
		.map((version) => join(POSTGRES_HOME, version, 'bin'));
}
