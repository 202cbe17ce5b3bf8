import { SYSTEM_CLOCK, type Clock } from '../facts/clock';

/** Spreads what is sent evenly over time. */
export interface Pace {
	/** Waits until the next job may start. */
	turn(signal?: AbortSignal): Promise<'started' | 'stopped'>;
	/** The last turn was not needed after all; the next may start in its place. */
	giveBack(): void;
}

const MINUTE_MS = 60_000;

/**
 * Lets one job start every so often. The first starts at once; time that passes unused is not
 * made up for, because Exchange counts the mails of each minute.
 * https://learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits#sending-limits-1
 */
export function createPace(perMinute: number, clock: Clock = SYSTEM_CLOCK): Pace {
	const everyMs = MINUTE_MS / perMinute;
	let waiting: Array<() => void> = [];
	let nextAt = 0;
	let callOff: (() => void) | undefined;

	const goOn = () => {
		callOff?.();
		while (waiting.length > 0 && clock.now() >= nextAt) {
			nextAt = clock.now() + everyMs;
			waiting.shift()?.();
		}
		if (waiting.length > 0) callOff = clock.after(nextAt - clock.now(), goOn);
	};

	return {
		async turn(signal) {
			if (signal?.aborted) return 'stopped';
			return await new Promise((resolve) => {
				const stop = () => {
					waiting = waiting.filter((other) => other !== start);
					goOn();
					resolve('stopped');
				};
				const start = () => {
					signal?.removeEventListener('abort', stop);
					resolve('started');
				};
				signal?.addEventListener('abort', stop, { once: true });
				waiting.push(start);
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
