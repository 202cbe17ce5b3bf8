import { existsSync } from 'node:fs';
import { lastLines, Obstacle } from './obstacle';
import { run } from './processes';
import { step } from './progress';

const APT = '/usr/bin/apt-get';

/** Whether packages can be installed here: only root may, and only where Debian's apt is. */
export function mayInstall(): boolean {
	return process.getuid?.() === 0 && existsSync(APT);
}

/**
 * Installs Debian's packages, with progress on the screen.
 *
 * @param names as a person reads them
 * @param usually how long it takes
 * @throws {Obstacle} with what apt said
 */
export async function installPackages(
	names: string,
	packages: readonly string[],
	usually: string,
): Promise<void> {
	await step(
		`Installing Debian's ${names}, once`,
		async () => {
			await apt('update', '-qq');
			await apt('install', '-qq', '--yes', '--no-install-recommends', ...packages);
		},
		usually,
	);
}

async function apt(...given: string[]): Promise<void> {
	const { status, output, messages } = await run({
		command: APT,
		arguments: given,
		folder: '/',
		// RUNLEVEL asks Debian not to start services: each tool starts a private one.
		environment: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
	});
	if (status === 0) return;
	throw new Obstacle(
		`apt-get could not ${given[0]} (it ended with ${status}).`,
		lastLines(`${output}\n${messages}`),
	);
}
