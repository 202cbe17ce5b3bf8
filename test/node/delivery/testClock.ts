import type { Clock } from '#node/facts/clock';

/** A clock that moves only when a test says so. */
export class TestClock implements Clock {
	private time = Date.parse('2026-11-22T10:00:00Z');
	private waits: Array<{ at: number; end: () => void }> = [];

	now = () => this.time;

	random = () => 0.5;

	wait = async (delayMs: number, signal?: AbortSignal) => {
		if (signal?.aborted) return 'stopped';
		return await new Promise<'waited' | 'stopped'>((resolve) => {
			const wait = { at: this.time + delayMs, end: () => resolve('waited') };
			this.waits.push(wait);
			signal?.addEventListener('abort', () => {
				this.waits = this.waits.filter((other) => other !== wait);
				resolve('stopped');
			});
		});
	};

	/** How many waits have not ended. */
	get pending(): number {
		return this.waits.length;
	}

	/** Moves on and ends the waits that are due, in order; what waits for them has gone on after. */
	async move(milliseconds: number): Promise<void> {
		await settled();
		const end = this.time + milliseconds;
		for (;;) {
			const [next] = this.waits.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
			if (!next) break;
			this.time = next.at;
			this.waits = this.waits.filter((other) => other !== next);
			next.end();
			await settled();
		}
		this.time = end;
	}
}

/** When all promises that can go on have gone on. */
export async function settled(): Promise<void> {
	await new Promise(setImmediate);
}
