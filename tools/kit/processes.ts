import { once } from 'node:events';
import { delimiter, dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import type { StdioOptions } from 'node:child_process';
import type { Options, Subprocess } from 'execa';

export interface Start {
	command: string;
	arguments: readonly string[];
	folder: string;
	/** This process's own by default, without what an outer `npm run` put into it. */
	environment?: NodeJS.ProcessEnv;
	/** All piped by default, but for the input. */
	stdio?: StdioOptions;
}

export interface Finished {
	/** Exit code, or the signal that ended it. */
	status: number | NodeJS.Signals;
	output: string;
	messages: string;
}

const running = new Set<ProcessGroup>();

/** Starts a program in a process group of its own. */
export async function startProcess(start: Start): Promise<ProcessGroup> {
	// Imported here, since one of its parts can't be required.
	const { execa } = await import('execa');
	const child = execa(start.command, start.arguments, {
		cwd: start.folder,
		env: start.environment ?? ownEnvironment(),
		extendEnv: false,
		// Execa hands on the number of an open file too, which its types leave out.
		stdio: (start.stdio ?? ['ignore', 'pipe', 'pipe']) as NonNullable<Options['stdio']>,
		detached: true,
		// Execa ends only the first process of a group.
		cleanup: false,
		reject: false,
		buffer: false,
	});
	return new ProcessGroup(child);
}

/**
 * A process and all that it starts, in a group of its own: stopping the group leaves no orphan,
 * and Ctrl+C in the terminal reaches it only through us, in order.
 */
export class ProcessGroup {
	readonly child: Subprocess;

	/** Settles when the first process of the group has ended. Rejects when it can't be started. */
	readonly ended: Promise<number | NodeJS.Signals>;

	constructor(child: Subprocess) {
		this.child = child;
		running.add(this);
		this.ended = new Promise((resolve, reject) => {
			child.once('error', (error) => {
				running.delete(this);
				reject(error);
			});
			child.once('exit', (code, signal) => {
				// What the first process left behind ends with it.
				this.signal('SIGKILL');
				running.delete(this);
				resolve(code ?? signal ?? 0);
			});
		});
		// A command that does not exist is reported to the code that waits for the end.
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

/** Runs a program to its end; what it wrote comes back whole, whatever its exit code. */
export async function run(start: Start): Promise<Finished> {
	const group = await startProcess(start);
	const { stdout, stderr } = group.child;
	const [status, output, messages] = await Promise.all([
		group.ended,
		stdout ? text(stdout) : '',
		stderr ? text(stderr) : '',
	]);
	return { status, output, messages };
}

/** Ends every group that still runs. */
export async function stopAllProcessGroups(): Promise<void> {
	await Promise.all([...running].map(async (group) => await group.stop()));
}

process.once('exit', () => {
	for (const group of running) group.signal('SIGKILL');
});

/** What an outer `npm run` says about its own package must not reach an inner npm. */
function ownEnvironment(): NodeJS.ProcessEnv {
	const outer = /^npm_(?:package_|lifecycle_|command$|config_(?:local_)?prefix$)/;
	const inherited = Object.entries(process.env).filter(([name]) => !outer.test(name));
	return {
		...Object.fromEntries(inherited),
		PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
	};
}
