import { setImmediate as afterPendingIo } from 'node:timers/promises';
import type { IExecuteFunctions } from 'n8n-workflow';
import { findKeys } from '../delivery/once/sentOnce';
import { explainExpression, explainRefusals, HOST_KEEPS_NO_KEYS } from '../explain/refusals';
import type { Clock } from '../facts/clock';
import type { Mail } from '../mail/mail';
import { MailWarnings } from '../output/hints';
import { summaryOf, type MailSummary, type Outcome } from '../output/outcome';
import { senderOf, type ReadAccount } from './parameters';
import type { PrepareMail } from './prepareMail';
import type { SendingOptions, Speed } from './sendingOptions';

/** What every email of a run is checked with. */
interface Checks {
	now: Date;
	clock: Clock;
	account: ReadAccount;
	prepare: PrepareMail;
	/** Items that are not to be sent again. */
	remembered: ReadonlyMap<number, Outcome>;
}

/** An email that can be sent. */
interface ReadyMail extends SendingOptions {
	mail: Mail;
}

/** How long items are read before other work of n8n goes on, in milliseconds. */
const LONGEST_READING_MS = 20;

/**
 * Reads and checks the emails of a run, in input order, each once: what is read twice may say something
 * else. n8n takes milliseconds for the expressions of an item, so other work goes on in between.
 */
export class CheckedMails {
	/** By input item; undefined for an email that can be sent or has not been read. */
	readonly decided: Array<Outcome | undefined>;
	/** By input item, of the emails that can be sent: what is known after they are sent. */
	readonly kept: Array<{ summary: MailSummary; repetition: SendingOptions['repetition'] }> = [];
	readonly warnings = new MailWarnings();
	/** Whether an email can't be sent. */
	refused = false;

	private readonly ready: Array<Promise<ReadyMail | undefined>> = [];

	/** Begins to read; stops when the execution is stopped. */
	constructor(
		private readonly context: IExecuteFunctions,
		private readonly checks: Checks,
	) {
		const { clock, remembered } = checks;
		const signal = context.getExecutionCancelSignal();
		const items = [...context.getInputData().keys()];
		this.decided = items.map((index) => remembered.get(index));
		let begunAt = clock.now();
		let before: Promise<unknown> = Promise.resolve();
		for (const index of items) {
			const mail = before.then(async () => {
				if (clock.now() - begunAt > LONGEST_READING_MS) {
					await afterPendingIo();
					begunAt = clock.now();
				}
				return this.decided[index] || signal?.aborted ? undefined : await this.read(index);
			});
			this.ready.push(mail);
			before = mail;
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
		for (const ready of this.ready) {
			const mail = await ready;
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
		const checked = await this.check(index).catch((error: unknown) => ({
			failure: explainExpression(error),
		}));
		if (checked.failure) {
			this.refused = true;
			this.decided[index] = { kind: 'failed', failure: checked.failure };
			return undefined;
		}
		const { warnings, ...ready } = checked;
		this.kept[index] = { summary: summaryOf(ready.mail), repetition: ready.repetition };
		this.warnings.add(index, warnings);
		return ready;
	}

	private async check(index: number) {
		const { context } = this;
		const { now, account, prepare } = this.checks;
		const sender = senderOf(context, account);
		const { plan, refusals, ...prepared } = await prepare(context, index, now, sender);
		if (refusals.length > 0) return { failure: explainRefusals(refusals) };
		if (prepared.repetition.once && !findKeys(context)) return { failure: HOST_KEEPS_NO_KEYS };
		return { mail: plan!.mail, ...prepared };
	}
}
