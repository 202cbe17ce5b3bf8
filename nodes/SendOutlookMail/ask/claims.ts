import type { KeyStore } from '../delivery/once/keyStore';
import type { Clock } from '../facts/clock';
import type { Answer, Question } from './question';

/** The rows of one node, which all processes of an n8n share. */
export type Rows = Pick<KeyStore, 'claim' | 'count' | 'add' | 'remove'>;

/** Who answered; undefined while the row that says it is not written yet. */
export type Answered = { by: Pick<Answer, 'person' | 'choice'> | undefined };

/**
 * How long a claim binds at least. n8n resumes an execution within moments; a claim that is older
 * belongs to a process that ended in between, and must not block the question.
 */
export const CLAIM_BINDS_MS = 30_000;

/** n8n's rows hold no time, so the time of an attempt is in the name of a row, in steps. */
const STEP_MS = 10_000;
const STEPS_BACK = CLAIM_BINDS_MS / STEP_MS;

/** How long a person who was second waits to read who was first. */
const READ_MS = 2_000;
const READ_EVERY_MS = 50;

/** Wrong codes that one link takes. */
const CODE_TRIES = 5;

/** The claims of one question: who answered first, and how often a code was tried. */
export class Claims {
	constructor(
		private readonly rows: Rows,
		private readonly question: Pick<Question, 'id' | 'choices' | 'people' | 'confirmation'>,
		private readonly clock: Clock,
	) {}

	/**
	 * Claims are numbered. The next number is free to claim when nobody has tried to claim the latest
	 * one within the time that a claim binds. An attempt is written first, so that a claim is never
	 * without its time; the claim itself is one row without a time, so that of two answers only one
	 * inserts it, whenever they come.
	 *
	 * @returns undefined for the first answer, else who was faster
	 */
	async claim(answer: Answer): Promise<Answered | undefined> {
		const latest = await this.latest();
		if (await this.binds(latest)) return await this.readBy(latest);
		const number = latest + 1;
		const step = this.step();
		await this.rows.claim(this.row('attempt', number, step));
		if ((await this.rows.claim(this.row('claim', number))) !== 'claimed') {
			return await this.readBy(number);
		}
		// A number of entries says which person and which choice: rows hold no text that can be read.
		const count = (answer.person - 1) * this.width() + (answer.choice ?? 1);
		const entries = Array.from({ length: count }, (_, index) => `${index}`);
		await this.rows.add(this.row('by', number), ...entries);
		this.clock.after(2 * CLAIM_BINDS_MS, () => void this.forget(number, step));
		return undefined;
	}

	/** Whether somebody's answer is being taken at the moment, and whose. */
	async answered(): Promise<Answered | undefined> {
		const latest = await this.latest();
		return (await this.binds(latest)) ? await this.readBy(latest) : undefined;
	}

	/** The number of the latest claim; 0 without one. More than 1 only after a process has died. */
	private async latest(): Promise<number> {
		let number = 0;
		while ((await this.rows.count(this.row('claim', number + 1))) > 0) number += 1;
		return number;
	}

	private async binds(number: number): Promise<boolean> {
		if (number === 0) return false;
		const step = this.step();
		for (let back = 0; back <= STEPS_BACK; back += 1) {
			if ((await this.rows.count(this.row('attempt', number, step - back))) > 0) return true;
		}
		return false;
	}

	/**
	 * Takes one of the tries that a person's code has. Each is a row of its own, so that guesses at the
	 * same moment count one by one.
	 *
	 * @returns how many are left, or `locked`
	 */
	async takeTry(person: number): Promise<number | 'locked'> {
		for (let number = 1; number <= CODE_TRIES; number += 1) {
			if ((await this.rows.claim(this.row('try', person, number))) === 'claimed') {
				return CODE_TRIES - number;
			}
		}
		return 'locked';
	}

	async isLocked(person: number): Promise<boolean> {
		return (await this.rows.count(this.row('try', person, CODE_TRIES))) > 0;
	}

	private async readBy(number: number): Promise<Answered> {
		for (let waitedMs = 0; waitedMs < READ_MS; waitedMs += READ_EVERY_MS) {
			const count = await this.rows.count(this.row('by', number));
			if (count > 0) return { by: this.decode(count) };
			await this.clock.wait(READ_EVERY_MS);
		}
		return { by: undefined };
	}

	private decode(count: number): Pick<Answer, 'person' | 'choice'> {
		const person = Math.floor((count - 1) / this.width()) + 1;
		const choice = ((count - 1) % this.width()) + 1;
		return this.question.choices.length > 0 ? { person, choice } : { person };
	}

	/** After the answer, n8n answers the links itself. A later claim counts from the earlier ones. */
	private async forget(number: number, step: number): Promise<void> {
		if ((await this.rows.count(this.row('claim', number + 1))) > 0) return;
		const rows = [
			...this.tryRows(),
			// Those who were slower may have tried a step before or after.
			...[step - 1, step, step + 1].map((at) => this.row('attempt', number, at)),
			this.row('by', number),
			this.row('claim', number),
		];
		await Promise.allSettled(rows.map(async (row) => await this.rows.remove(row)));
	}

	private tryRows(): string[] {
		if (this.question.confirmation !== 'code') return [];
		return this.question.people.flatMap((_, index) =>
			Array.from({ length: CODE_TRIES }, (__, at) => this.row('try', index + 1, at + 1)),
		);
	}

	private step(): number {
		return Math.floor(this.clock.now() / STEP_MS);
	}

	private width(): number {
		return Math.max(this.question.choices.length, 1);
	}

	private row(kind: 'claim' | 'attempt' | 'by' | 'try', ...numbers: number[]): string {
		return [this.question.id, kind, ...numbers].join(' ');
	}
}
