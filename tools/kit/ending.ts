import { stopAllProcessGroups } from './processes';

type Closing = () => Promise<void>;

const EXIT_CODES: Partial<Record<NodeJS.Signals, number>> = {
	SIGHUP: 129,
	SIGINT: 130,
	SIGTERM: 143,
};

/** However the demo ends, everything that it started is stopped again, once. */
export class Ending {
	/** Whether a person may end the demo without that being a failure. */
	playing = false;

	private readonly closings: Closing[] = [];

	private begun: Promise<void> | undefined;

	constructor() {
		for (const [signal, code] of Object.entries(EXIT_CODES))
			process.on(signal, () => {
				if (this.begun) return;
				process.stdout.write('\n  Stopping everything …\n');
				void this.exit(this.playing ? 0 : code);
			});
	}

	get hasBegun(): boolean {
		return this.begun !== undefined;
	}

	/** What to close after every process has stopped, the last first. */
	then(closing: Closing): void {
		this.closings.unshift(closing);
	}

	async exit(code: number): Promise<never> {
		this.begun ??= this.close();
		await this.begun;
		process.exit(code);
	}

	private async close(): Promise<void> {
		await stopAllProcessGroups();
		for (const closing of this.closings)
			await closing().catch((error: unknown) => {
				process.stderr.write(`  While stopping: ${String(error)}\n`);
			});
	}
}
