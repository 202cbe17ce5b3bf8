import type { Clock } from '#node/facts/clock';

let skippedMs = 0;

/** Waits end in the next turn of the event loop, and the clock is put forward by their length. */
export const virtualClock: Clock = {
	now: () => Date.now() + skippedMs,
	after: (delayMs, call) => {
		const turn = setImmediate(() => {
			skippedMs += delayMs;
			call();
		});
		return () => clearImmediate(turn);
	},
	random: () => 0.5,
};

export async function virtualWait(
	delayMs: number,
	signal?: AbortSignal,
): Promise<'waited' | 'stopped'> {
	await new Promise(setImmediate);
	skippedMs += delayMs;
	return signal?.aborted ? 'stopped' : 'waited';
}
