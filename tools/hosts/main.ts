import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Checklist, COUNTS_FILE } from '../kit/checklist';
import { readOptions, runCommand } from '../kit/commandLine';
import { PACKAGE_FOLDER, TOOLS_FOLDER } from '../kit/folders';
import { requireNpm } from '../kit/npm';
import { Obstacle } from '../kit/obstacle';
import { run } from '../kit/processes';

const HOSTS = join(TOOLS_FOLDER, 'hosts', 'pinned');

const USAGE = `npm run test:hosts

Tests the node in the engine of each n8n of tools/hosts/pinned, installed on first use.

  --help      this text`;

/** Unless it is there and its lock file has not changed since. */
async function install(folder: string): Promise<void> {
	const lock = await readFile(join(folder, 'package-lock.json'));
	const fingerprint = createHash('sha256').update(lock).digest('hex');
	// Written last, so half an engine has none.
	const stamp = join(folder, 'node_modules', '.installed-from');
	if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === fingerprint) return;
	await requireNpm('install an older n8n-core', folder, 'ci', '--ignore-scripts');
	await writeFile(stamp, fingerprint);
}

async function test(version: string): Promise<void> {
	await install(join(HOSTS, version));
	const { status } = await run({
		command: process.execPath,
		arguments: [
			join(PACKAGE_FOLDER, 'node_modules', 'jest', 'bin', 'jest.js'),
			'--config',
			join(TOOLS_FOLDER, 'hosts', 'jest.config.js'),
			// An old engine leaves timers of its own behind.
			'--forceExit',
		],
		folder: PACKAGE_FOLDER,
		// Each version counts as one.
		environment: { ...process.env, HOST_VERSION: version, [COUNTS_FILE]: '' },
		stdio: 'inherit',
	});
	if (status !== 0) throw new Obstacle(`jest ended with ${status}`);
}

void runCommand({
	name: 'The test of older hosts',
	usage: USAGE,
	readArguments: (given) => readOptions(given, USAGE, {}),
	run: async () => {
		const versions = (await readdir(HOSTS)).sort((a, b) =>
			a.localeCompare(b, 'en', { numeric: true }),
		);
		const list = new Checklist();
		for (const version of versions)
			await list.check(`n8n-core ${version}`, async () => await test(version));
		return list;
	},
});
