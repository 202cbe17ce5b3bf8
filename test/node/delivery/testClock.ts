import type { Clock } from '#node/facts/clock';

/** A clock that moves only when a test says so. */
export class TestClock implements Clock {
	private time = Date.parse('2026-11-22T10:00:00Z');
	private calls: Array<{ at: number; call: () => void }> = [];

	/** Time that passed without any call being made, as in a process that stands still. */
	stoodStillMs = 0;

	now = () => this.time + this.stoodStillMs;

	random = () => 0.5;

	after = (delayMs: number, call: () => void) => {
		const entry = { at: this.time + delayMs, call };
		this.calls.push(entry);
		return () => void (this.calls = this.calls.filter((other) => other !== entry));
	};

	/** How many calls are still to come. */
	get pending(): number {
		return this.calls.length;
	}

	/** Moves on and makes the calls that are due, in order; whoever waits for them has gone on after. */
	async move(milliseconds: number): Promise<void> {
		const end = this.time + milliseconds;
		for (;;) {
			const [next] = this.calls.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
			if (!next) break;
			this.time = next.at;
			this.calls = this.calls.filter((other) => other !== next);
			next.call();
			await settled();
		}
		this.time = end;
	}
}

/** When all promises that can go on have gone on. */
export async function settled(): Promise<void> {
	await new Promise(setImmediate);
}
