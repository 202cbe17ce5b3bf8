import { SYSTEM_CLOCK, type Clock } from '../facts/clock';
import type { Pace } from './pace';

/** How often it is told how many are left, in milliseconds; at the next turn, so without a timer. */
const EVERY_MS = 60_000;

/**
 * A pace that tells every minute how many jobs have not had their turn.
 *
 * @param jobs how many there are
 */
export function withCountdown(
	pace: Pace,
	jobs: number,
	tell: (left: number) => void,
	clock: Clock = SYSTEM_CLOCK,
): Pace {
	let left = jobs;
	let toldAt = clock.now();
	return {
		async turn(signal) {
			const turn = await pace.turn(signal);
			if (turn === 'started' && --left > 0 && clock.now() - toldAt >= EVERY_MS) {
				toldAt = clock.now();
				tell(left);
			}
			return turn;
		},
		giveBack: () => pace.giveBack(),
	};
}
