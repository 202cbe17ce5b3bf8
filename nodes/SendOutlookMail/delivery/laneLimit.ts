/**
 * Graph serves at most this many requests of one app at a time.
 * https://learn.microsoft.com/graph/throttling-limits#outlook-service-limits
 */
export const MAX_LANES = 4;

/** An app that is told to stay away for longer is asked again after this time, in milliseconds. */
const MAX_PAUSE_MS = 10 * 60_000;

/** For an answer that turns away without a time, in milliseconds. */
const DEFAULT_PAUSE_MS = 1_000;

/** How many mails per lane have to go through before one more lane is tried. */
const MAILS_PER_LANE = 8;

/**
 * How many times the server's pause has to pass per lane before one more is tried. The more lanes
 * there are, the more stand still if it goes wrong; if it goes well, the next comes sooner.
 */
const PATIENCE = { first: 8, least: 1, afterSuccess: 1 / 4 };

/** How many times the server's pause an app waits at most that is turned away with a single lane. */
const MAX_STRETCH = 8;

/**
 * How many requests of one app may be under way, learnt from how Graph answers: lanes open one by
 * one as mails go through, one closes when Graph turns a request away, and nothing leaves before the
 * time that Graph named. Other processes use the same app unseen; what they leave free is found by
 * trying one lane more, seldom after that went wrong and soon after it went well. The figures were
 * found by simulating one to ten processes, see `tools/bench/laneSimulation.ts`.
 *
 * All times are in milliseconds since 1970, as `now` gives them.
 */
export class LaneLimit {
	/** How many requests may be under way now. */
	lanes = 1;

	/** Nobody sends before. */
	closedUntil = 0;

	/** What Graph named, even where that is longer than one would wait. */
	promisedFrom = 0;

	private starting = true;
	private servedSinceChange = 0;
	private changedAt = 0;
	private closedAt = -1;
	private turnedAwayInARow = 0;
	private pauseMs = DEFAULT_PAUSE_MS;
	private patienceMs = 0;

	constructor(
		private readonly now: () => number,
		private readonly random: () => number,
	) {}

	/** A request that began at this time was not turned away. */
	served(beganAt: number): void {
		// One that began before the last closing says nothing about the lanes that are left.
		if (beganAt < this.closedAt) return;
		this.turnedAwayInARow = 0;
		this.servedSinceChange++;
		if (this.lanes < MAX_LANES && this.mayTryOneMore()) {
			this.change(this.lanes + 1);
			this.patienceMs = Math.max(
				PATIENCE.least * this.pauseMs,
				PATIENCE.afterSuccess * this.patienceMs,
			);
		}
	}

	/** A request that began at this time was turned away. */
	turnedAway(beganAt: number, retryAfterMs: number = DEFAULT_PAUSE_MS): void {
		const now = this.now();
		this.promisedFrom = Math.max(this.promisedFrom, now + retryAfterMs);
		this.pauseMs = Math.min(retryAfterMs, MAX_PAUSE_MS);
		// Requests that were under way together are turned away together: that is one lesson, not four.
		if (beganAt < this.closedAt) return this.close(now + this.pauseMs);
		this.turnedAwayInARow++;
		const stretch =
			this.lanes > 1 ? 1 : Math.min(MAX_STRETCH, 2 ** Math.max(0, this.turnedAwayInARow - 1));
		// Others may have been turned away at the same moment; whoever comes back with them meets them.
		this.close(now + this.pauseMs * (1 + (stretch - 1) * this.random()));
		this.patienceMs = PATIENCE.first * this.pauseMs;
		this.starting = false;
		this.closedAt = now;
		this.change(Math.max(1, this.lanes - 1));
	}

	private mayTryOneMore(): boolean {
		if (this.starting) return true;
		const waitedMs = this.now() - Math.max(this.changedAt, this.closedUntil);
		return (
			this.servedSinceChange >= MAILS_PER_LANE * this.lanes &&
			waitedMs >= this.patienceMs * this.lanes
		);
	}

	private change(lanes: number): void {
		this.lanes = lanes;
		this.servedSinceChange = 0;
		this.changedAt = this.now();
	}

	private close(until: number): void {
		this.closedUntil = Math.max(this.closedUntil, until);
	}
}
