import { SYSTEM_CLOCK, type Clock } from '../facts/clock';
import { withCountdown } from '../delivery/countdown';
import { createPace, durationMs, type Pace } from '../delivery/pace';
import type { Speed } from '../description';
import { announcePace, countDown } from '../output/paceHint';

/** A paced run that takes longer than this is worth a word, in milliseconds. */
const LONG_MS = 60_000;

/** The pace that the designer chose, if any; a run that takes long because of it says so. */
export function openPace(
	context: Parameters<typeof announcePace>[0],
	mails: number,
	{ messagesPerMinute: perMinute }: Pick<Speed, 'messagesPerMinute'>,
	clock: Clock = SYSTEM_CLOCK,
): Pace | undefined {
	if (perMinute === undefined) return undefined;
	const pace = createPace(perMinute, clock);
	const run = { mails, perMinute, durationMs: durationMs(mails, perMinute) };
	if (run.durationMs < LONG_MS) return pace;
	announcePace(context, run, new Date(clock.now()));
	return withCountdown(
		pace,
		mails,
		// As many as are left have each to wait for one more turn.
		(left) => countDown(context, run, { left, leftMs: durationMs(left + 1, perMinute) }),
		clock,
	);
}
