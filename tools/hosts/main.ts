import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_FOLDER } from '../kit/folders';

/** `npm run test:hosts`: the node in the engine of each n8n of hosts/pinned/, installed on first use. */

const HOSTS = join(__dirname, 'pinned');

function run(command: string, args: readonly string[], folder: string, version = ''): boolean {
	const { status, error } = spawnSync(command, args, {
		cwd: folder,
		stdio: 'inherit',
		env: { ...process.env, HOST_VERSION: version },
	});
	if (error) throw error;
	return status === 0;
}

/** Unless it is there and its lock file has not changed since. */
function install(folder: string): boolean {
	const lock = createHash('sha256').update(readFileSync(join(folder, 'package-lock.json')));
	const fingerprint = lock.digest('hex');
	// Written last, so half an engine has none.
	const stamp = join(folder, 'node_modules', '.installed-from');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return true;
	const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
	if (!run('npm', args, folder)) return false;
	writeFileSync(stamp, fingerprint);
	return true;
}

function test(version: string): boolean {
	process.stdout.write(`\n=== n8n-core ${version}\n`);
	const jest = join(PACKAGE_FOLDER, 'node_modules', 'jest', 'bin', 'jest.js');
	const config = join(__dirname, 'jest.config.js');
	return (
		install(join(HOSTS, version)) &&
		// An old engine leaves timers of its own behind.
		run(process.execPath, [jest, '--config', config, '--forceExit'], PACKAGE_FOLDER, version)
	);
}

const versions = readdirSync(HOSTS).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
const failed = versions.filter((version) => !test(version));
const lines = versions.map(
	(version) => `${failed.includes(version) ? 'not ok' : 'ok'} n8n-core ${version}`,
);
process.stdout.write(`\n${lines.join('\n')}\n`);
process.stdout.write(`\n${versions.length - failed.length} passed, ${failed.length} failed\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
