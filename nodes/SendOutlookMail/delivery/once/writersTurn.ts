import { SYSTEM_CLOCK, type Clock } from '../../facts/clock';

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

/**
 * How long a turn is kept unused, and in all, before others can take it. Where nobody else asks, it
 * grows from the least to the most.
 */
const KEEP_MS = {
	alone: { least: 20, most: 500, inAll: 1_000 },
	shared: { unused: 5, inAll: 60 },
};

/** How long to wait before asking again for a turn that another process has. */
const POLL_MS = { least: 5, most: 15 };

/** The highest ticket: as many hashes stand in the row. */
const TICKETS = 64;

/** A process that dies while it removes a dead one's row is in the way for no longer than this. */
const TAKE_OVER_MS = 60_000;

/**
 * The turn to write marks, which one of n8n's processes has at a time. n8n reads the row of marks,
 * changes it and writes it back: two processes at once would undo each other's changes.
 *
 * Where nobody else asks, a turn is kept from one call to the next; where others do, it is given back
 * soon.
 */
export class WritersTurn {
	private ticket = 0;
	private takenAt = 0;
	/** Whether to let others take it first, should they wait. */
	private standAside = false;
	private keepMs = 0;
	private keepInAllMs = 0;
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
		const leftMs = this.keepInAllMs - (this.clock.now() - this.takenAt);
		if (leftMs > 0) {
			const delayMs = Math.min(this.keepMs, leftMs);
			this.callOffLeaving = this.clock.after(delayMs, () => void this.leave());
		} else {
			this.standAside = true;
			void this.leave();
		}
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
		if (this.standAside) await this.wait(POLL_MS.most + POLL_MS.least);
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
		this.standAside = false;
		const { least, most } = KEEP_MS.alone;
		this.keepMs = alone ? Math.min(Math.max(least, 2 * this.keepMs), most) : KEEP_MS.shared.unused;
		this.keepInAllMs = KEEP_MS[alone ? 'alone' : 'shared'].inAll;
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
