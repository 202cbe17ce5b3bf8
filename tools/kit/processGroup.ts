import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';

export interface Start {
	command: string;
	arguments: readonly string[];
	folder: string;
	environment: NodeJS.ProcessEnv;
	stdio: StdioOptions;
}

const running = new Set<ProcessGroup>();

/**
 * A process and all that it starts, in a group of its own: stopping the group leaves no orphan,
 * and Ctrl+C in the terminal reaches it only through us, in order.
 */
export class ProcessGroup {
	readonly child: ChildProcess;

	/** Settles when the first process of the group has ended. */
	readonly ended: Promise<number | NodeJS.Signals>;

	constructor(start: Start) {
		this.child = spawn(start.command, start.arguments, {
			cwd: start.folder,
			env: start.environment,
			stdio: start.stdio,
			detached: true,
		});
		running.add(this);
		this.ended = new Promise((resolve, reject) => {
			this.child.once('error', (error) => {
				running.delete(this);
				reject(error);
			});
			this.child.once('exit', (code, signal) => {
				// What the first process left behind ends with it.
				this.signal('SIGKILL');
				running.delete(this);
				resolve(code ?? signal ?? 0);
			});
		});
		// Whoever waits hears of a command that does not exist; nobody has to.
		this.ended.catch(() => undefined);
	}

	get hasEnded(): boolean {
		return !running.has(this);
	}

	/** Asks the group to end, and makes it after `patience` milliseconds. */
	async stop(patience = 10_000): Promise<void> {
		if (this.hasEnded) return;
		const exit = once(this.child, 'exit');
		this.signal('SIGTERM');
		const patienceOver = new AbortController();
		await Promise.race([exit, wait(patience, undefined, { signal: patienceOver.signal })]);
		patienceOver.abort();
		if (this.hasEnded) return;
		this.signal('SIGKILL');
		await exit;
	}

	/** As when the power fails: no process of the group gets to do anything more. */
	async kill(): Promise<void> {
		if (this.hasEnded) return;
		const exit = once(this.child, 'exit');
		this.signal('SIGKILL');
		await exit;
	}

	signal(signal: NodeJS.Signals): void {
		const { pid } = this.child;
		if (pid === undefined) return;
		try {
			process.kill(-pid, signal);
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
		}
	}
}

/** Ends every group that still runs. */
export async function stopAllProcessGroups(): Promise<void> {
	await Promise.all([...running].map(async (group) => await group.stop()));
}

process.once('exit', () => {
	for (const group of running) group.signal('SIGKILL');
});
