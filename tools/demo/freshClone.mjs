// `npm run demo` in a fresh clone: whatever Node.js the machine has starts this file, which installs
// what the project pins, Node.js 24 among it, and hands over. Needs nothing but Node.js and npm.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const onWindows = process.platform === 'win32';
const pinnedNode = join(root, 'node_modules', '.bin', onWindows ? 'node.cmd' : 'node');

/** Runs a command with this terminal as its own; ends the script if the command fails. */
async function run(command, args) {
	const child = spawn(command, args, { cwd: root, stdio: 'inherit', shell: onWindows });
	// The demo stops what it started when it is told to end; this script waits until it has.
	const relay = (signal) => child.kill(signal);
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, relay);
	// npm tells only its own shell to end, which passes nothing on.
	const parent = process.ppid;
	const watch = setInterval(() => {
		if (process.ppid !== parent) child.kill('SIGTERM');
	}, 500);
	const [status, signal] = await once(child, 'exit');
	clearInterval(watch);
	for (const each of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(each, relay);
	if (status !== 0) process.exit(status ?? 128 + constants.signals[signal]);
}

// npm writes this file last: an install that was cut off is begun again.
if (!existsSync(join(root, 'node_modules', '.package-lock.json'))) {
	process.stdout.write('Installing the development tools (npm ci), usually 1 to 2 minutes …\n');
	await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}
await run(pinnedNode, [
	'--import',
	'tsx',
	join(root, 'tools', 'demo', 'main.ts'),
	...process.argv.slice(2),
]);
