import { addAbortListener } from 'node:events';
import { setTimeout } from 'node:timers/promises';

/** Time and chance, injected so that tests have their own. */
export interface Clock {
	/** Milliseconds since 1970. */
	now: () => number;
	/** Waits for so many milliseconds, or until the signal is aborted. */
	wait: (delayMs: number, signal?: AbortSignal) => Promise<'waited' | 'stopped'>;
	/** From 0 to 1. */
	random: () => number;
}

export const SYSTEM_CLOCK: Clock = {
	now: Date.now,
	wait: async (delayMs, signal) =>
		await setTimeout(delayMs, undefined, signal && { signal }).then(
			() => 'waited' as const,
			() => 'stopped' as const,
		),
	random: Math.random,
};

/** Calls back after so many milliseconds. @returns what cancels the call */
export function callAfter(clock: Clock, delayMs: number, call: () => void): () => void {
	const cancel = new AbortController();
	void clock.wait(delayMs, cancel.signal).then((end) => {
		if (end === 'waited') call();
	});
	return () => cancel.abort();
}

/** Waits for a promise no longer than the signal allows. What it stands for goes on. */
export async function orStopped<T>(
	promise: Promise<T>,
	signal: AbortSignal | undefined,
): Promise<T | 'stopped'> {
	if (!signal) return await promise;
	if (signal.aborted) {
		promise.catch(() => undefined);
		return 'stopped';
	}
	return await new Promise((resolve, reject) => {
		const listener = addAbortListener(signal, () => resolve('stopped'));
		void promise.then(resolve, reject).finally(() => listener[Symbol.dispose]());
	});
}
