import type { Clock } from '#node/facts/clock';

let skippedMs = 0;

/** Waits end in the next turn of the event loop, and the clock is put forward by their length. */
export const virtualClock: Clock = {
	now: () => Date.now() + skippedMs,
	wait: async (delayMs, signal) => {
		await new Promise(setImmediate);
		if (signal?.aborted) return 'stopped';
		skippedMs += delayMs;
		return 'waited';
	},
	random: () => 0.5,
};
