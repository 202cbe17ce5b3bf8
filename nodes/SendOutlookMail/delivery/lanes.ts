import { addAbortListener } from 'node:events';
import type { Clock } from '../facts/clock';
import type { Exchange } from '../graph/exchange';
import { LaneLimit } from './laneLimit';

/** Permission to make one request. It is given back, whatever came of the request. */
export interface Permission {
	giveBack(end: RequestEnd): void;
}

/** How a request ended, as far as the number of lanes is concerned. */
export type RequestEnd =
	| { kind: 'served' }
	/** `retryAfterMs`: the time that Graph named, if it did. */
	| { kind: 'throttled'; exchange: Exchange; retryAfterMs: number | undefined }
	| { kind: 'unknown' };

/**
 * - `stopped`: the wait was cancelled.
 * - `closed`: Graph named a time that is too far off; `exchange` is the answer that did.
 */
export type Entry =
	| { kind: 'entered'; permission: Permission }
	| { kind: 'stopped' }
	| { kind: 'closed'; exchange: Exchange };

/** One execution's use of a mailbox. */
export interface Lanes {
	/** Waits for a lane; executions that wait are served in rotation. */
	enter(options: { maxWaitMs: number; signal?: AbortSignal | undefined }): Promise<Entry>;
	/** The execution has ended. */
	close(): void;
}

/**
 * What Graph counts requests for, and whose answers may be shown to whom: one application, one linked
 * account. Two credentials may be of one mailbox; they still learn nothing of each other.
 */
export interface LaneKey {
	clientId: string;
	loginOrigin: string;
	graphOrigin: string;
	/** n8n's ID of the credential. */
	credentialId: string | undefined;
}

interface Waiting {
	/** Milliseconds since 1970. */
	until: number;
	decide: (entry: Entry) => void;
}

/** The lanes of one mailbox, shared by all executions of this process that use it. */
export class MailboxLanes {
	/** What waits, by execution; the first is the next to get a lane. */
	private queues: Waiting[][] = [];
	private inFlight = 0;
	private readonly limit: LaneLimit;
	private lastThrottled: Exchange | undefined;
	private cancelTimer: (() => void) | undefined;

	/** When the last execution ended; undefined while there is one. */
	private unusedSince: number | undefined;

	constructor(private readonly clock: Clock) {
		this.limit = new LaneLimit(clock);
	}

	open(): Lanes {
		const queue: Waiting[] = [];
		this.queues.push(queue);
		this.unusedSince = undefined;
		return {
			enter: async ({ maxWaitMs, signal }) => await this.wait(queue, maxWaitMs, signal),
			close: () => {
				this.queues = this.queues.filter((other) => other !== queue);
				if (this.queues.length > 0) return;
				this.unusedSince = this.clock.now();
				this.cancelTimer?.();
			},
		};
	}

	/** Whether nobody has used the mailbox for so long, and Graph does not ask to wait any more. */
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
			const waiting: Waiting = {
				until: this.clock.now() + maxWaitMs,
				decide: (entry) => {
					listener?.[Symbol.dispose]();
					resolve(entry);
				},
			};
			const listener =
				signal &&
				addAbortListener(signal, () => {
					queue.splice(queue.indexOf(waiting), 1);
					resolve({ kind: 'stopped' });
				});
			queue.push(waiting);
			this.admit();
		});
	}

	private admit(): void {
		this.cancelTimer?.();
		const now = this.clock.now();
		if (now < this.limit.closedUntil) {
			this.dismissLate();
			this.cancelTimer = this.clock.after(this.limit.closedUntil - now, () => this.admit());
			return;
		}
		while (this.inFlight < this.limit.lanes) {
			const next = this.takeNext();
			if (!next) return;
			this.inFlight++;
			const giveBack = (end: RequestEnd) => this.leave(now, end);
			next.decide({ kind: 'entered', permission: { giveBack } });
		}
	}

	/** The longest-waiting of the next execution, which then goes to the end of the queue. */
	private takeNext(): Waiting | undefined {
		const at = this.queues.findIndex(({ length }) => length > 0);
		if (at < 0) return undefined;
		const [queue] = this.queues.splice(at, 1) as [Waiting[]];
		this.queues.push(queue);
		return queue.shift();
	}

	/** Dismisses those who cannot wait until the mailbox opens again. */
	private dismissLate(): void {
		const exchange = this.lastThrottled;
		if (!exchange) return;
		const opensAt = Math.max(this.limit.promisedFrom, this.limit.closedUntil);
		for (const queue of this.queues) {
			for (const waiting of queue.filter(({ until }) => opensAt > until)) {
				queue.splice(queue.indexOf(waiting), 1);
				waiting.decide({ kind: 'closed', exchange });
			}
		}
	}

	private leave(beganAt: number, end: RequestEnd): void {
		this.inFlight--;
		if (end.kind === 'served') this.limit.served(beganAt);
		if (end.kind === 'throttled') {
			this.lastThrottled = end.exchange;
			this.limit.throttled(beganAt, end.retryAfterMs);
		}
		this.admit();
	}
}

/** What was learned of a mailbox is kept this long after its last use, in milliseconds. */
const KEPT_MS = 60_000;

/** The mailboxes that executions of this process use. */
export class LaneRegistry {
	readonly mailboxes = new Map<string, MailboxLanes>();

	constructor(private readonly clock: Clock) {}

	open({ clientId, loginOrigin, graphOrigin, credentialId }: LaneKey): Lanes {
		for (const [key, lanes] of this.mailboxes) {
			if (lanes.isIdleFor(KEPT_MS)) this.mailboxes.delete(key);
		}
		const key = JSON.stringify([clientId, loginOrigin, graphOrigin, credentialId]);
		const lanes = this.mailboxes.get(key) ?? new MailboxLanes(this.clock);
		this.mailboxes.set(key, lanes);
		return lanes.open();
	}
}

/** Of this process: n8n loads the node once, so every execution finds the same; one for each clock. */
const registries = new Map<Clock, LaneRegistry>();

/** The lanes of a mailbox, to be closed when the execution ends. */
export function openLanes(key: LaneKey, clock: Clock): Lanes {
	const registry = registries.get(clock) ?? new LaneRegistry(clock);
	registries.set(clock, registry);
	return registry.open(key);
}
