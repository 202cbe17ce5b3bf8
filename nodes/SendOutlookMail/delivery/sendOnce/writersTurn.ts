import { SYSTEM_CLOCK, type Clock } from '../clock';

/**
 * A row of n8n's database that exists once, whoever makes it. Its ticket tells one holder from the
 * next; it can be asked without writing.
 */
export interface LockRow {
	/** @returns false when the row is there already */
	create(ticket: number): Promise<boolean>;
	/** @returns 0 when there is no row */
	readTicket(): Promise<number>;
	remove(): Promise<void>;
}

export interface LockRows {
	/** Whoever makes this row may write marks. */
	writer: LockRow;
	/** Whoever makes this row may remove the other's. Each number names a row of its own. */
	takeOver(number: number): LockRow;
}

/** A holder that did not change for so long has died; in milliseconds. */
const DEAD_AFTER_MS = 5_000;

/** A holder that was held up for longer than this looks whether it still holds. */
const SURE_FOR_MS = DEAD_AFTER_MS / 2;

/** How long a turn is kept at most; before it is taken again, those who wait can take it. */
const LONGEST_KEEP_MS = 1_000;

/** For how long a turn is kept unused at first, when nobody else asks. */
const SHORTEST_KEEP_MS = 20;

/** How long to wait before asking again for a turn that another process has. */
const POLL_MS = { least: 5, most: 20 };

/** The highest ticket: as many hashes stand in the row. */
const TICKETS = 64;

/** A process that dies while it removes a dead one's row is in the way for no longer than this. */
const TAKE_OVER_MS = 60_000;

/**
 * The turn to write marks, which one of n8n's processes has at a time. n8n reads the row of marks,
 * changes it and writes it back: two processes at once would undo each other's changes.
 *
 * Where nobody else asks, a turn is kept from one call to the next; where others do, it is given back
 * after each.
 */
export class WritersTurn {
	private ticket = 0;
	private takenAt = 0;
	/** For how long to leave it to others before it is taken again. */
	private standAsideMs = 0;
	private keepMs = 0;
	private callOffLeaving = () => {};
	private ending: Promise<void> | undefined;

	constructor(
		private readonly rows: LockRows,
		private readonly clock: Clock = SYSTEM_CLOCK,
	) {}

	/**
	 * Does the work when no other process writes. To be called by one at a time.
	 *
	 * @throws what the database or the work throws
	 */
	async during<T>(work: () => Promise<T>): Promise<T> {
		this.callOffLeaving();
		await this.ending;
		if (!(await this.isStillMine())) await this.take();
		try {
			return await work();
		} finally {
			this.leaveLater();
		}
	}

	/** Gives the turn back if it is kept. */
	async leave(): Promise<void> {
		this.callOffLeaving();
		if (this.ticket === 0) return await this.ending;
		this.ticket = 0;
		// A row that cannot be removed counts as that of a dead process, after a while.
		this.ending = this.rows.writer.remove().catch(() => undefined);
		await this.ending;
	}

	private leaveLater(): void {
		const keptFor = this.clock.now() - this.takenAt;
		const keepMs = Math.min(this.keepMs, LONGEST_KEEP_MS - keptFor);
		if (keepMs <= 0) {
			// Once is enough to learn whether anybody waits.
			if (this.keepMs > 0) this.standAsideMs = POLL_MS.most + POLL_MS.least;
			void this.leave();
		} else this.callOffLeaving = this.clock.after(keepMs, () => void this.leave());
	}

	private async isStillMine(): Promise<boolean> {
		if (this.ticket === 0) return false;
		if (this.clock.now() - this.takenAt < SURE_FOR_MS) return true;
		if ((await this.rows.writer.readTicket()) === this.ticket) await this.leave();
		this.ticket = 0;
		return false;
	}

	private async take(): Promise<void> {
		const { writer } = this.rows;
		const ticket = Math.ceil(this.clock.random() * TICKETS) || 1;
		if (this.standAsideMs > 0) await this.wait(this.standAsideMs);
		let alone = true;
		let seen = 0;
		let seenSince = 0;
		for (;;) {
			const held = await writer.readTicket();
			if (held === 0 && (await writer.create(ticket))) break;
			alone = false;
			if (held !== seen) seenSince = this.clock.now();
			seen = held;
			if (held !== 0 && this.clock.now() - seenSince > DEAD_AFTER_MS) await this.bury(held);
			else await this.pause();
		}
		this.ticket = ticket;
		this.takenAt = this.clock.now();
		this.standAsideMs = alone ? 0 : this.clock.random() * POLL_MS.most;
		this.keepMs = alone ? Math.min(2 * this.keepMs + SHORTEST_KEEP_MS, LONGEST_KEEP_MS) : 0;
	}

	/** Removes a dead process's row; one at a time, so that nobody removes that of a successor. */
	private async bury(dead: number): Promise<void> {
		const { writer } = this.rows;
		const right = this.rows.takeOver(Math.floor(this.clock.now() / TAKE_OVER_MS));
		if (!(await right.create(1))) return await this.pause();
		try {
			if ((await writer.readTicket()) === dead) await writer.remove();
		} finally {
			await right.remove();
		}
	}

	private async pause(): Promise<void> {
		const { least, most } = POLL_MS;
		await this.wait(least + this.clock.random() * (most - least));
	}

	private async wait(milliseconds: number): Promise<void> {
		await new Promise<void>((resolve) => void this.clock.after(milliseconds, resolve));
	}
}
