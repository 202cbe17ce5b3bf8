import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { lastLines, Obstacle } from '../../demo/obstacle';
import { ProcessGroup } from '../../demo/processGroup';
import { step } from '../../demo/progress';

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome'];
const APT = '/usr/bin/apt-get';

/**
 * The browser of this machine; where root has apt, it gets installed.
 *
 * @throws {Obstacle} saying what to install
 */
export async function findChromium(): Promise<string> {
	const found = onPath();
	if (found) return found;
	if (!existsSync(APT) || process.getuid?.() !== 0)
		throw new Obstacle(
			'There is no Chromium on the PATH: install the package "chromium" (on Debian: sudo apt-get install chromium).',
		);
	await step("Installing Debian's chromium, once", install, '1 to 3 minutes');
	const installed = onPath();
	if (installed) return installed;
	throw new Obstacle('Chromium was installed, but is not on the PATH.');
}

function onPath(): string | undefined {
	const folders = (process.env['PATH'] ?? '').split(delimiter);
	return PROGRAMS.flatMap((program) => folders.map((folder) => join(folder, program))).find(
		existsSync,
	);
}

async function install(): Promise<void> {
	await apt('update');
	await apt('install', '--yes', '--no-install-recommends', 'chromium', 'fonts-liberation');
}

async function apt(...given: string[]): Promise<void> {
	const group = new ProcessGroup({
		command: 'apt-get',
		arguments: given,
		folder: '/',
		environment: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const { stdout, stderr } = group.child;
	if (!stdout || !stderr) throw new Error('apt-get was started without pipes');
	const [ending, output, messages] = await Promise.all([group.ended, text(stdout), text(stderr)]);
	if (ending === 0) return;
	throw new Obstacle(
		`Chromium could not be installed: apt-get ${given[0]} ended with ${ending}.`,
		lastLines(`${output}\n${messages}`),
	);
}
