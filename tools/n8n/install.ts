import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { N8N_INSTALLATION } from '../kit/folders';
import { Obstacle } from '../kit/obstacle';
import { step } from '../kit/progress';
import { requireNpm } from '../kit/npm';

export const N8N_PROGRAM = join(N8N_INSTALLATION, 'node_modules', 'n8n', 'bin', 'n8n');

/** Says which lock file the installed n8n came from; written last, so half an n8n has none. */
const STAMP = join(N8N_INSTALLATION, 'node_modules', '.installed-from');

const GIGABYTE = 1024 ** 3;
/** n8n takes 2.9 GB; npm unpacks beside it. */
const NEEDED_DISK = 4 * GIGABYTE;

/**
 * Installs the pinned n8n, unless it is there and its lock file has not changed since.
 *
 * @throws {Obstacle} when the disk is too small or npm fails
 */
export async function installN8n(): Promise<void> {
	const lock = await lockFingerprint();
	if ((await installedFrom()) === lock) return;
	await requireDisk(NEEDED_DISK, 'to install n8n');
	await step(
		'Installing the pinned n8n, once',
		async () => {
			await requireNpm('install n8n', N8N_INSTALLATION, 'ci', '--ignore-scripts');
		},
		'3 to 10 minutes',
	);
	await step(
		"Building n8n's database driver",
		async () => {
			await requireNpm("build n8n's database driver", N8N_INSTALLATION, 'rebuild', 'sqlite3');
		},
		'up to 2 minutes',
	);
	await writeFile(STAMP, lock);
}

/** @throws {Obstacle} when less than `bytes` are free where n8n is installed */
export async function requireDisk(bytes: number, purpose: string): Promise<void> {
	const { bavail, bsize } = await statfs(N8N_INSTALLATION);
	const free = bavail * bsize;
	if (free >= bytes) return;
	const gigabytes = (amount: number) => (amount / GIGABYTE).toFixed(1);
	throw new Obstacle(
		`There is not enough disk space ${purpose}: ${gigabytes(bytes)} GB are needed, ${gigabytes(free)} GB are free.`,
	);
}

async function lockFingerprint(): Promise<string> {
	const lock = await readFile(join(N8N_INSTALLATION, 'package-lock.json'));
	return createHash('sha256').update(lock).digest('hex');
}

async function installedFrom(): Promise<string | undefined> {
	if (!existsSync(STAMP) || !existsSync(N8N_PROGRAM)) return undefined;
	return await readFile(STAMP, 'utf8');
}
