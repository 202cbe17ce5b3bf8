import type { KeyStore } from '../delivery/once/keyStore';
import { callAfter, type Clock } from '../facts/clock';
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

/** Claims carry their time in the names of their rows, since n8n's rows hold no time of their own. */
const SLOT_MS = 10_000;
const EARLIER_SLOTS = CLAIM_BINDS_MS / SLOT_MS;

/** How long a person who was second waits to read who was first. */
const READ_MS = 2_000;
const READ_EVERY_MS = 50;

/** Wrong codes that one link takes. */
export const CODE_TRIES = 5;

/** The claims of one question: who answered first, and how often a code was tried. */
export class Claims {
	constructor(
		private readonly rows: Rows,
		private readonly question: Pick<Question, 'id' | 'choices'>,
		private readonly clock: Clock,
	) {}

	/** @returns undefined for the first answer, else who was faster */
	async claim(answer: Answer): Promise<Answered | undefined> {
		const slot = this.slot();
		const earlier = await this.answered();
		if (earlier) return earlier;
		if ((await this.rows.claim(this.claimRow(slot))) !== 'claimed') return await this.readBy(slot);
		// A number of entries says which person and which choice: rows hold no text that can be read.
		const count = (answer.person - 1) * this.width() + (answer.choice ?? 1);
		const entries = Array.from({ length: count }, (_, index) => `${index}`);
		await this.rows.add(this.byRow(slot), ...entries);
		callAfter(this.clock, 2 * CLAIM_BINDS_MS, () => void this.forget(slot, answer.person));
		return undefined;
	}

	/** Whether somebody's answer is being taken at the moment, and whose. */
	async answered(): Promise<Answered | undefined> {
		const slot = this.slot();
		for (let back = 0; back <= EARLIER_SLOTS; back += 1) {
			if ((await this.rows.count(this.claimRow(slot - back))) > 0) {
				return await this.readBy(slot - back);
			}
		}
		return undefined;
	}

	/**
	 * Takes one of the tries that a person's code has. Each is a row of its own, so that guesses at the
	 * same moment count one by one.
	 *
	 * @returns how many are left, or `locked`
	 */
	async takeTry(person: number): Promise<number | 'locked'> {
		for (let turn = 1; turn <= CODE_TRIES; turn += 1) {
			if ((await this.rows.claim(this.tryRow(person, turn))) === 'claimed') {
				return CODE_TRIES - turn;
			}
		}
		return 'locked';
	}

	async isLocked(person: number): Promise<boolean> {
		return (await this.rows.count(this.tryRow(person, CODE_TRIES))) > 0;
	}

	private async readBy(slot: number): Promise<Answered> {
		for (let waitedMs = 0; waitedMs < READ_MS; waitedMs += READ_EVERY_MS) {
			const count = await this.rows.count(this.byRow(slot));
			if (count > 0) return { by: this.decode(count) };
			await this.clock.wait(READ_EVERY_MS);
		}
		return { by: undefined };
	}

	private decode(count: number): Pick<Answer, 'person' | 'choice'> {
		const person = Math.floor((count - 1) / this.width()) + 1;
		const choice = ((count - 1) % this.width()) + 1;
		return { person, ...(this.question.choices.length > 0 ? { choice } : {}) };
	}

	/** Nobody reads a claim that no longer binds; after the answer, n8n answers the links itself. */
	private async forget(slot: number, person: number): Promise<void> {
		const tries = Array.from({ length: CODE_TRIES }, (_, at) => this.tryRow(person, at + 1));
		const rows = [this.claimRow(slot), this.byRow(slot), ...tries];
		await Promise.allSettled(rows.map(async (row) => await this.rows.remove(row)));
	}

	private slot(): number {
		return Math.floor(this.clock.now() / SLOT_MS);
	}

	private width(): number {
		return Math.max(this.question.choices.length, 1);
	}

	private claimRow(slot: number): string {
		return `${this.question.id} claim ${slot}`;
	}

	private byRow(slot: number): string {
		return `${this.question.id} by ${slot}`;
	}

	private tryRow(person: number, turn: number): string {
		return `${this.question.id} try ${person} ${turn}`;
	}
}
