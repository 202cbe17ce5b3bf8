import { setImmediate as nextTurn } from 'node:timers/promises';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { LinkedAccount } from '../account/linkedAccount';
import { findKeys } from '../delivery/once/sentOnce';
import type { Repetition } from '../delivery/retry';
import {
	HOST_KEEPS_NO_KEYS,
	refuseKey,
	explainExpression,
	explainRefusals,
} from '../explain/refusals';
import type { Clock } from '../facts/clock';
import type { Failure } from '../facts/failure';
import type { Warning } from '../mail/issues';
import type { Mail } from '../mail/mail';
import { MailWarnings } from '../output/hints';
import { failed, summaryOf, type MailSummary, type Outcome } from '../output/outcome';
import { senderOf, readRepetition, readSpeed, type Speed } from './parameters';
import type { PrepareMail } from './prepareMail';
import type { RememberedOutcomes } from './retryOnFail';

/** What every email of a run is checked with. */
export interface Checks {
	now: Date;
	clock: Clock;
	account: LinkedAccount | { failure: Failure };
	prepare: PrepareMail;
	remembered: RememberedOutcomes;
}

/** An email that can be sent. */
interface ReadyMail {
	mail: Mail;
	repetition: Repetition;
	speed: Speed;
}

type Checked = (ReadyMail & { warnings: readonly Warning[] }) | { failure: Failure };

/** How long items are read before other work of n8n gets its turn, in milliseconds. */
const LONGEST_TURN_MS = 20;

/**
 * Reads and checks the emails of a run, in input order, each once: what is read twice may say something
 * else. n8n takes milliseconds for the expressions of an item, so others get their turn in between.
 */
export class CheckedMails {
	/** By input item; undefined for an email that can be sent or has not been read. */
	readonly decided: Array<Outcome | undefined>;
	/** By input item, of the emails that can be sent. */
	readonly summaries: MailSummary[] = [];
	readonly warnings = new MailWarnings();
	/** The items whose email may be sent again although its outcome is unknown. */
	readonly mayRepeat = new Set<number>();
	/** Whether an email can't be sent. */
	refused = false;
	/** Whether an email has no Send Once Key. */
	withoutKey = false;

	private readonly ready: Array<Promise<ReadyMail | undefined>> = [];

	/** Begins to read; stops when the execution is stopped. */
	constructor(
		private readonly context: IExecuteFunctions,
		private readonly checks: Checks,
	) {
		const { clock, remembered } = checks;
		const signal = context.getExecutionCancelSignal();
		const items = [...context.getInputData().keys()];
		this.decided = items.map((index) => remembered.of(index));
		let turnBegan = clock.now();
		let before: Promise<unknown> = Promise.resolve();
		for (const index of items) {
			const reading = before.then(async () => {
				if (clock.now() - turnBegan > LONGEST_TURN_MS) {
					await nextTurn();
					turnBegan = clock.now();
				}
				return this.decided[index] || signal?.aborted ? undefined : await this.read(index);
			});
			this.ready.push(reading);
			before = reading;
		}
	}

	get length(): number {
		return this.ready.length;
	}

	/** Resolves when every email has been read. */
	async all(): Promise<void> {
		await Promise.all(this.ready);
	}

	/** How fast the run may go: taken from the first email that can be sent; undefined without one. */
	async speed(): Promise<Speed | undefined> {
		for (const reading of this.ready) {
			const mail = await reading;
			if (mail) return mail.speed;
		}
		return undefined;
	}

	/** Hands over an item's email, once; after that, nothing here holds it. Undefined for the others. */
	async take(index: number): Promise<ReadyMail | undefined> {
		const mail = await this.ready[index];
		this.ready[index] = Promise.resolve(undefined);
		return mail;
	}

	private async read(index: number): Promise<ReadyMail | undefined> {
		const checked = await this.check(index);
		if ('failure' in checked) {
			this.refused = true;
			this.decided[index] = failed(checked.failure);
			return undefined;
		}
		const { warnings, ...mail } = checked;
		this.summaries[index] = summaryOf(mail.mail);
		this.warnings.add(index, warnings);
		if (mail.repetition.onUnknownOutcome === 'retry') this.mayRepeat.add(index);
		if (mail.repetition.sendOnce.kind === 'none') this.withoutKey = true;
		return mail;
	}

	private async check(index: number): Promise<Checked> {
		const { context } = this;
		const { now, account, prepare } = this.checks;
		try {
			const sender = senderOf(context, account);
			const { mail, refusals, warnings, options } = await prepare(context, index, now, sender);
			const repetition = readRepetition(options);
			const { kind } = repetition.sendOnce;
			const [refusal, ...others] = [...refusals, ...refuseKey(kind)];
			if (refusal) return { failure: explainRefusals([refusal, ...others]) };
			if (kind === 'key' && !findKeys(context)) return { failure: HOST_KEEPS_NO_KEYS };
			return { mail: mail!, repetition, speed: readSpeed(options), warnings };
		} catch (error) {
			return { failure: explainExpression(error) };
		}
	}
}
