import type { Exchange } from '../graph/exchange';
import type { Clock } from '../facts/clock';
import { LaneLimit } from './laneLimit';

/** Leave to make one request. It must be given back, whatever came of the request. */
export interface Pass {
	giveBack(end: RequestEnd): void;
}

/** How a request ended, as far as the number of lanes is concerned. */
export type RequestEnd =
	| { kind: 'served' }
	/** `retryAfterMs`: the time that Graph named, if it did. */
	| { kind: 'turnedAway'; exchange: Exchange; retryAfterMs: number | undefined }
	| { kind: 'unknown' };

/**
 * - `stopped`: the wait was called off.
 * - `closed`: Graph named a time that is too far off; `exchange` is where it did.
 */
export type Entry =
	| { kind: 'entered'; pass: Pass }
	| { kind: 'stopped' }
	| { kind: 'closed'; exchange: Exchange };

/** One execution's use of an app. */
export interface LaneUser {
	/** Waits for a lane; executions that wait get theirs in turn. */
	enter(options: { maxWaitMs: number; signal?: AbortSignal | undefined }): Promise<Entry>;
	/** The execution has ended. */
	close(): void;
}

interface Waiting {
	maxWaitMs: number;
	decide: (entry: Entry) => void;
}

/** The lanes of one app, shared by all executions of this process that use it. */
export class AppLanes {
	/** What waits, by execution; the first is the next to get a lane. */
	private queues: Waiting[][] = [];
	private underWay = 0;
	private readonly limit: LaneLimit;
	private lastTurnedAway: Exchange | undefined;
	private callOff: (() => void) | undefined;

	/** When the last execution ended; undefined while there is one. */
	private unusedSince: number | undefined;

	constructor(private readonly clock: Clock) {
		this.limit = new LaneLimit(clock.now, clock.random);
	}

	open(): LaneUser {
		const queue: Waiting[] = [];
		this.queues.push(queue);
		this.unusedSince = undefined;
		return {
			enter: async ({ maxWaitMs, signal }) => await this.wait(queue, maxWaitMs, signal),
			close: () => {
				this.queues = this.queues.filter((other) => other !== queue);
				if (this.queues.length > 0) return;
				this.unusedSince = this.clock.now();
				this.callOff?.();
			},
		};
	}

	/** Whether nobody used the app for so long, and Graph does not want it to stay away any more. */
	isIdleFor(milliseconds: number): boolean {
		const now = this.clock.now();
		if (this.unusedSince === undefined || now < this.limit.closedUntil) return false;
		return now - this.unusedSince > milliseconds;
	}

	private async wait(
		queue: Waiting[],
		maxWaitMs: number,
		signal: AbortSignal | undefined,
	): Promise<Entry> {
		if (signal?.aborted) return { kind: 'stopped' };
		return await new Promise((resolve) => {
			const stop = () => {
				queue.splice(queue.indexOf(waiting), 1);
				resolve({ kind: 'stopped' });
			};
			const waiting: Waiting = {
				maxWaitMs,
				decide: (entry) => {
					signal?.removeEventListener('abort', stop);
					resolve(entry);
				},
			};
			signal?.addEventListener('abort', stop, { once: true });
			queue.push(waiting);
			this.letIn();
		});
	}

	private letIn(): void {
		this.callOff?.();
		const now = this.clock.now();
		if (now < this.limit.closedUntil) {
			this.sendAwayWhoCannotWait(now);
			this.callOff = this.clock.after(this.limit.closedUntil - now, () => this.letIn());
			return;
		}
		while (this.underWay < this.limit.lanes) {
			const next = this.takeNext();
			if (!next) return;
			this.underWay++;
			next.decide({ kind: 'entered', pass: this.createPass(now) });
		}
	}

	/** The longest-waiting of the execution whose turn it is, which then goes to the end of the line. */
	private takeNext(): Waiting | undefined {
		const at = this.queues.findIndex(({ length }) => length > 0);
		if (at < 0) return undefined;
		const [queue] = this.queues.splice(at, 1) as [Waiting[]];
		this.queues.push(queue);
		return queue.shift();
	}

	private sendAwayWhoCannotWait(now: number): void {
		const exchange = this.lastTurnedAway;
		if (!exchange) return;
		for (const queue of this.queues) {
			const leaving = queue.filter(({ maxWaitMs }) => this.limit.promisedFrom - now > maxWaitMs);
			for (const waiting of leaving) {
				queue.splice(queue.indexOf(waiting), 1);
				waiting.decide({ kind: 'closed', exchange });
			}
		}
	}

	private createPass(beganAt: number): Pass {
		return {
			giveBack: (end) => {
				this.underWay--;
				if (end.kind === 'served') this.limit.served(beganAt);
				if (end.kind === 'turnedAway') {
					this.lastTurnedAway = end.exchange;
					this.limit.turnedAway(beganAt, end.retryAfterMs);
				}
				this.letIn();
			},
		};
	}
}
