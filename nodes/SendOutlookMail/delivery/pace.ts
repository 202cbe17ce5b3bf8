import { addAbortListener } from 'node:events';
import type { Clock } from '../facts/clock';

/** Spreads what is sent evenly over time. */
export interface Pace {
	/** Waits until the next job may start. */
	start(signal?: AbortSignal): Promise<'started' | 'stopped'>;
	/** The last start was not used; the next job may start in its place. */
	giveBack(): void;
}

const MINUTE_MS = 60_000;

/**
 * Lets one job start every so often. The first starts at once; time that passes unused is not
 * made up for, because Exchange counts the mails of each minute.
 * https://learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits#sending-limits-1
 */
export function createPace(perMinute: number, clock: Clock): Pace {
	const everyMs = MINUTE_MS / perMinute;
	let waiting: Array<() => void> = [];
	let nextAt = 0;
	let cancelTimer: (() => void) | undefined;

	const goOn = () => {
		cancelTimer?.();
		while (waiting.length > 0 && clock.now() >= nextAt) {
			nextAt = clock.now() + everyMs;
			waiting.shift()?.();
		}
		if (waiting.length > 0) cancelTimer = clock.after(nextAt - clock.now(), goOn);
	};

	return {
		async start(signal) {
			if (signal?.aborted) return 'stopped';
			return await new Promise((resolve) => {
				const begin = () => {
					listener?.[Symbol.dispose]();
					resolve('started');
				};
				const stop = () => {
					waiting = waiting.filter((other) => other !== begin);
					goOn();
					resolve('stopped');
				};
				const listener = signal && addAbortListener(signal, stop);
				waiting.push(begin);
				goOn();
			});
		},
		giveBack() {
			nextAt -= everyMs;
			goOn();
		},
	};
}

/** How long so many jobs take at this pace, in milliseconds. */
export function durationMs(jobs: number, perMinute: number): number {
	return (Math.max(0, jobs - 1) * MINUTE_MS) / perMinute;
}
