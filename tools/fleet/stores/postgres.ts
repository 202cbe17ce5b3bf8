import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chown, readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePort, LOOPBACK } from '../../kit/ports';
import { Obstacle } from '../../kit/obstacle';
import { run } from '../../kit/processes';
import type { Programs } from './programs';
import { startStore, type Store } from './store';

export interface Postgres extends Store {
	port: number;
	user: string;
	password: string;
	database: string;
}

const USER = 'n8n';
/** PostgreSQL refuses to run as root; Debian's package brings this user. */
const SYSTEM_USER = 'postgres';

/** What a crash of the machine would lose is lost anyway: the folder vanishes after the run. */
const HASTY = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

/** @param folder an empty one, which then belongs to whomever PostgreSQL runs as */
export async function startPostgres(programs: Programs, folder: string): Promise<Postgres> {
	const port = await freePort();
	const password = randomBytes(16).toString('hex');
	const data = join(folder, 'data');
	const asUser = await ownUser(folder);
	await createCluster(programs, { folder, data, password, asUser });
	const settings = [...HASTY, `listen_addresses=${LOOPBACK}`, 'unix_socket_directories='];
	const store = await startStore(
		{
			name: 'PostgreSQL',
			command: [
				programs.setpriv,
				...asUser,
				// Changing the user clears the signal that startStore asked for.
				...['--pdeathsig', 'INT', programs.postgres, '-D', data, '-p', String(port)],
				...settings.flatMap((setting) => ['-c', setting]),
			],
			folder,
			logPath: join(folder, 'postgres.log'),
			endsOn: 'SIGINT',
			isReady: async () => await acceptsClients(port),
		},
		programs.setpriv,
	);
	return { port, user: USER, password, database: 'postgres', ...store };
}

/** setpriv's arguments for a user that PostgreSQL accepts, to whom the folder then belongs. */
async function ownUser(folder: string): Promise<string[]> {
	if (process.getuid?.() !== 0) return [];
	const line = (await readFile('/etc/passwd', 'utf8'))
		.split('\n')
		.find((entry) => entry.startsWith(`${SYSTEM_USER}:`));
	const [, , uid, gid] = line?.split(':') ?? [];
	if (!uid || !gid) throw new Obstacle(`This machine has no user ${SYSTEM_USER} for PostgreSQL.`);
	await chown(folder, Number(uid), Number(gid));
	return ['--reuid', uid, '--regid', gid, '--clear-groups'];
}

interface Cluster {
	folder: string;
	data: string;
	password: string;
	asUser: readonly string[];
}

async function createCluster(programs: Programs, cluster: Cluster): Promise<void> {
	const passwordFile = join(cluster.folder, 'password');
	await writeFile(passwordFile, cluster.password);
	const { status, messages } = await run({
		command: programs.setpriv,
		arguments: [
			...cluster.asUser,
			...['--', programs.initdb, '-D', cluster.data, '--username', USER],
			...['--auth', 'scram-sha-256', '--pwfile', passwordFile],
			...['--encoding', 'UTF8', '--locale', 'C.UTF-8', '--no-sync'],
		],
		folder: cluster.folder,
		environment: { PATH: process.env['PATH'], LANG: 'C.UTF-8' },
	});
	if (status !== 0) throw new Obstacle('PostgreSQL could not create its files.', messages);
}

/** A request for TLS, which any server that takes clients answers with one byte. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

async function acceptsClients(port: number): Promise<boolean> {
	const socket = connect(port, LOOPBACK);
	try {
		socket.write(SSL_REQUEST);
		const [answer] = (await once(socket, 'data')) as [Buffer];
		return ['S', 'N'].includes(answer.toString());
	} catch {
		// Nobody listens yet.
		return false;
	} finally {
		socket.destroy();
	}
}
