// `npm run demo` in a fresh clone: whatever Node.js the machine has starts this file, which installs
// what the project pins, Node.js 24 among it, and hands over. Needs nothing but Node.js and npm.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const onWindows = process.platform === 'win32';
const pinnedNode = join(root, 'node_modules', '.bin', onWindows ? 'node.cmd' : 'node');
const tsx = join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');

/** Runs a command with this terminal as its own; ends the script if the command fails. */
function run(command, args) {
	const { status, error } = spawnSync(command, args, {
		cwd: root,
		stdio: 'inherit',
		shell: onWindows,
	});
	if (error) throw error;
	if (status !== 0) process.exit(status ?? 1);
}

// npm writes this file last: an install that was cut off is begun again.
if (!existsSync(join(root, 'node_modules', '.package-lock.json'))) {
	process.stdout.write('Installing the development tools (npm ci), usually 1 to 2 minutes …\n');
	run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}
run(pinnedNode, [tsx, join(root, 'demo', 'main.ts'), ...process.argv.slice(2)]);
