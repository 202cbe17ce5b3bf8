import { readFile, open } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { lastLines, Obstacle } from '../../kit/obstacle';
import { startProcess } from '../../kit/processes';

export interface StoreStart {
	name: string;
	command: readonly [string, ...string[]];
	folder: string;
	logPath: string;
	/** Which signal makes it end at once and in order. */
	endsOn: NodeJS.Signals;
	/** Whether it answers. */
	isReady: () => Promise<boolean>;
}

/** A database server of our own, on loopback, gone when we are. */
export interface Store {
	stop(): Promise<void>;
}

const PATIENCE = 30_000;

/**
 * Starts a server and waits until it answers.
 *
 * @throws {Obstacle} with the end of its log
 */
export async function startStore(start: StoreStart, setpriv: string): Promise<Store> {
	const log = await open(start.logPath, 'a');
	const signal = start.endsOn.replace('SIG', '');
	const group = await startProcess({
		command: setpriv,
		// Should we be killed, the kernel tells the server.
		arguments: ['--pdeathsig', signal, ...start.command],
		folder: start.folder,
		environment: { PATH: process.env['PATH'], LANG: 'C.UTF-8' },
		stdio: ['ignore', log.fd, log.fd],
	});
	await log.close();
	const deadline = Date.now() + PATIENCE;
	while (!(await start.isReady())) {
		if (!group.hasEnded && Date.now() < deadline) {
			await wait(50);
			continue;
		}
		const ended = group.hasEnded ? 'it ended at once' : 'it does not answer';
		await group.stop();
		throw new Obstacle(
			`${start.name} did not start: ${ended}.`,
			lastLines(await readFile(start.logPath, 'utf8')),
		);
	}
	return {
		stop: async () => {
			if (group.hasEnded) return;
			group.signal(start.endsOn);
			await group.stop();
		},
	};
}
