import type { Clock } from './clock';
import { SYSTEM_CLOCK } from './clock';

/** Spreads what is sent evenly over time. */
export interface Pace {
	/** Waits until the next parcel may start. */
	turn(signal?: AbortSignal): Promise<'waited' | 'stopped'>;
}

const MINUTE_MS = 60_000;

/**
 * Lets one parcel start every so often. The first starts at once; time that passes unused is not
 * made up for, because Exchange counts the mails of each minute.
 * https://learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits#sending-limits-1
 */
export function createPace(perMinute: number, clock: Clock = SYSTEM_CLOCK): Pace {
	const everyMs = MINUTE_MS / perMinute;
	let nextAt = 0;
	return {
		async turn(signal) {
			if (signal?.aborted) return 'stopped';
			const now = clock.now();
			const startAt = Math.max(now, nextAt);
			nextAt = startAt + everyMs;
			if (startAt <= now) return 'waited';
			return await new Promise((resolve) => {
				const stop = () => {
					callOff();
					resolve('stopped');
				};
				const callOff = clock.after(startAt - now, () => {
					signal?.removeEventListener('abort', stop);
					resolve('waited');
				});
				signal?.addEventListener('abort', stop, { once: true });
			});
		},
	};
}

/** How long so many parcels take at this pace, in milliseconds. */
export function durationMs(parcels: number, perMinute: number): number {
	return (Math.max(0, parcels - 1) * MINUTE_MS) / perMinute;
}
