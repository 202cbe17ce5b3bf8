import type { Clock } from '../facts/clock';

/**
 * Graph serves at most this many requests of one app and mailbox at a time.
 * https://learn.microsoft.com/graph/throttling-limits#outlook-service-limits
 */
export const MAX_LANES = 4;

/** A mailbox that is throttled for longer is tried again after this time, in milliseconds. */
const MAX_PAUSE_MS = 10 * 60_000;

/** For a throttling answer that names no time, in milliseconds. */
const DEFAULT_PAUSE_MS = 1_000;

/** How many emails per lane are served before one more lane is tried. */
const MAILS_PER_LANE = 8;

/**
 * How many of the server's pauses per lane pass before one more is tried. The more lanes there are,
 * the more of them a throttling stops; after a success the next one comes sooner.
 */
const PATIENCE = { first: 8, least: 1, afterSuccess: 1 / 4 };

/** The longest pause of a mailbox that is throttled with a single lane, in the server's pauses. */
const MAX_STRETCH = 12;

/** A pause grows by no more than this, in milliseconds. */
const MAX_MORE_MS = 60_000;

/**
 * How many requests of one mailbox may be in flight, learned from Graph's answers. All lanes are open
 * at the start. When Graph throttles, lanes close, and nothing leaves before the time that Graph named.
 * Other processes may use the same mailbox unseen; what they leave free is found by trying one lane
 * more, rarely after that failed and soon after it succeeded. The figures were found by simulating
 * one to ten processes, see `npm run bench -- lane-simulation`.
 *
 * All times are in milliseconds since 1970, as the clock gives them.
 */
export class LaneLimit {
	/** How many requests may be in flight now. */
	lanes = MAX_LANES;

	/** Nothing leaves before. */
	closedUntil = 0;

	/** What Graph named, even where that is longer than the pause; 0 once the mailbox serves again. */
	promisedFrom = 0;

	private isFirst = true;
	private servedSinceChange = 0;
	private changedAt = 0;
	private closedAt = -1;
	private throttledInARow = 0;
	private pauseMs = DEFAULT_PAUSE_MS;
	private patienceMs = 0;

	constructor(private readonly clock: Pick<Clock, 'now' | 'random'>) {}

	/** A request that began at this time was not throttled. */
	served(beganAt: number): void {
		// One that began before the last closing says nothing about the lanes that are left.
		if (beganAt < this.closedAt) return;
		this.promisedFrom = 0;
		this.throttledInARow = 0;
		this.servedSinceChange++;
		if (this.lanes < MAX_LANES && this.mayTryOneMore()) {
			this.change(this.lanes + 1);
			this.patienceMs = Math.max(
				PATIENCE.least * this.pauseMs,
				PATIENCE.afterSuccess * this.patienceMs,
			);
		}
	}

	/** A request that began at this time was throttled. */
	throttled(beganAt: number, retryAfterMs: number = DEFAULT_PAUSE_MS): void {
		const now = this.clock.now();
		this.promisedFrom = Math.max(this.promisedFrom, now + retryAfterMs);
		this.pauseMs = Math.min(retryAfterMs, MAX_PAUSE_MS);
		// Requests that were in flight together are throttled together: that is one lesson, not four.
		if (beganAt < this.closedAt) return this.close(now + this.pauseMs);
		this.throttledInARow++;
		// Others may have been throttled at the same moment, and would meet again.
		const moreMs = (this.stretch() - 1) * this.clock.random() * this.pauseMs;
		this.close(now + this.pauseMs + Math.min(moreMs, MAX_MORE_MS));
		this.patienceMs = PATIENCE.first * this.pauseMs;
		this.closedAt = now;
		this.change(this.isFirst ? MAX_LANES / 2 : Math.max(1, this.lanes - 1));
		this.isFirst = false;
	}

	private stretch(): number {
		if (this.isFirst) return 2;
		if (this.lanes > 1) return 1;
		return Math.min(MAX_STRETCH, 2 ** Math.max(0, this.throttledInARow - 1));
	}

	private mayTryOneMore(): boolean {
		const waitedMs = this.clock.now() - Math.max(this.changedAt, this.closedUntil);
		return (
			this.servedSinceChange >= MAILS_PER_LANE * this.lanes &&
			waitedMs >= this.patienceMs * this.lanes
		);
	}

	private change(lanes: number): void {
		this.lanes = lanes;
		this.servedSinceChange = 0;
		this.changedAt = this.clock.now();
	}

	private close(until: number): void {
		this.closedUntil = Math.max(this.closedUntil, until);
	}
}
