import type { Clock } from '#node/facts/clock';

/** A clock that moves only when a test says so. */
export class TestClock implements Clock {
	private time = Date.parse('2026-11-22T10:00:00Z');
	private waits: Array<{ at: number; end: () => void }> = [];

	now = () => this.time;

	random = () => 0.5;

	wait: Clock['wait'] = async (delayMs, signal) => {
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

	after = afterBy(this.wait);

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

/** A clock's way to call back, made of its way to wait. */
export function afterBy(wait: Clock['wait']): Clock['after'] {
	return (delayMs, call) => {
		const cancel = new AbortController();
		void wait(delayMs, cancel.signal).then((end) => {
			if (end === 'waited') call();
		});
		return () => cancel.abort();
	};
}

/** When all promises that can go on have gone on. */
export async function settled(): Promise<void> {
	await new Promise(setImmediate);
}
