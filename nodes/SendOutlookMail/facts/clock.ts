import { addAbortListener } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';

/** Time and chance, injected so that tests have their own. */
export interface Clock {
	/** Milliseconds since 1970. */
	now: () => number;
	/** Waits for so many milliseconds, or until the signal is aborted. */
	wait: (delayMs: number, signal?: AbortSignal) => Promise<'waited' | 'stopped'>;
	/** Calls back after so many milliseconds. @returns what cancels the call */
	after: (delayMs: number, call: () => void) => () => void;
	/** From 0 to 1. */
	random: () => number;
}

export const SYSTEM_CLOCK: Clock = {
	now: Date.now,
	wait: async (delayMs, signal) =>
		await wait(delayMs, undefined, signal && { signal }).then(
			() => 'waited' as const,
			() => 'stopped' as const,
		),
	// A tenth of what a wait costs; each request takes two.
	after: (delayMs, call) => {
		const timer = setTimeout(call, delayMs);
		return () => clearTimeout(timer);
	},
	random: Math.random,
};

/** The time that a text or a date names; undefined for anything that names none. */
export function readTime(value: string | Date | undefined): Date | undefined {
	const time = new Date(value ?? '');
	return Number.isNaN(time.getTime()) ? undefined : time;
}

/** Waits for a promise until the signal is aborted. The work behind it continues. */
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
