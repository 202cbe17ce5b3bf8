import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { lastLines, Obstacle } from '../../demo/obstacle';
import { ProcessGroup } from '../../demo/processGroup';
import { step } from '../../demo/progress';
import { findPrograms, type Programs } from './programs';

const PACKAGES = ['redis-server', 'postgresql'];

/**
 * Redis and PostgreSQL as Debian packs them, installed now if they are missing and we may.
 *
 * @throws {Obstacle} saying what a person has to install
 */
export async function requireStores(): Promise<Programs> {
	const there = await findPrograms();
	if (there) return there;
	const names = PACKAGES.join(' and ');
	if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version'))
		throw new Obstacle(`The fleet needs Redis and PostgreSQL: install Debian's ${names} first.`);
	await step(`Installing Debian's ${names}, once`, installPackages, '1 minute');
	const installed = await findPrograms();
	if (installed) return installed;
	throw new Obstacle(`${names} are installed, and their programs are still not to be found.`);
}

async function installPackages(): Promise<void> {
	await apt('update', '-qq');
	await apt('install', '-qq', '--yes', '--no-install-recommends', ...PACKAGES);
}

async function apt(...args: string[]): Promise<void> {
	const group = new ProcessGroup({
		command: 'apt-get',
		arguments: args,
		folder: '/',
		// RUNLEVEL asks Debian not to start services: the fleet starts private ones.
		environment: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const { stdout, stderr } = group.child;
	if (!stdout || !stderr) throw new Error('apt-get was started without pipes');
	const [ending, output, messages] = await Promise.all([group.ended, text(stdout), text(stderr)]);
	if (ending === 0) return;
	throw new Obstacle(
		`apt-get could not ${args[0]} (it ended with ${ending}).`,
		lastLines(`${output}\n${messages}`),
	);
}
