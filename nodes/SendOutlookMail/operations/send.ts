import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { CREDENTIAL_TYPES } from '../account/application';
import { describeExpiry, expiresSoon } from '../account/expiry';
import { nameLinkedApp, readLinkedAccount, type LinkedAccount } from '../account/linkedAccount';
import { unlinkedSenderRights } from '../account/permissions';
import { askWhyRefused } from '../account/whyRefused';
import { toJob } from '../attachments/job';
import { deliver } from '../delivery/deliver';
import type { Job, Jobs } from '../delivery/job';
import { openLanes } from '../delivery/lanes';
import { keepsKeys, openKeys } from '../delivery/once/sentOnce';
import { jobRules, type Repetition } from '../delivery/once/repetition';
import { createPace, durationMs, type Pace } from '../delivery/pace';
import { DEFAULT_RETRY_POLICY } from '../delivery/retry';
import { HOST_KEEPS_NO_KEYS, refuseKey } from '../explain/key';
import { explainAccount, explainExpression, explainRefusals } from '../explain/refusals';
import type { Clock } from '../facts/clock';
import type { Failure } from '../facts/failure';
import { openMailbox, type Mailbox } from '../graph/mailbox';
import { openTransport } from '../graph/openTransport';
import type { TransportLimits } from '../graph/pooledTransport';
import type { Warning } from '../mail/issues';
import type { Mail } from '../mail/mail';
import {
	announcePace,
	describeLeftDrafts,
	describeLostKeys,
	MailWarnings,
	warn,
} from '../output/hints';
import { report } from '../output/items';
import { failed, outcomeOf, summaryOf, type MailSummary, type Outcome } from '../output/outcome';
import { readApplication, readRepetition, readSpeed, type Speed } from './parameters';
import { prepareMail, type PrepareMail } from './prepareMail';
import { isRetried, isTool, rememberOutcomes, type RememberedOutcomes } from './retries';

/** A clock and time limits other than the usual ones. */
export interface Time {
	clock?: Clock;
	limits?: Partial<TransportLimits>;
}

/** The way of the emails: parameters → Mail → Job → Delivery → outcome → output items. */
export async function send(
	context: IExecuteFunctions,
	time: Time = {},
	prepare: PrepareMail = prepareMail,
): Promise<INodeExecutionData[]> {
	const remembered = rememberOutcomes(context);
	const now = new Date();
	const account = await linkedAccountOrFailure(context, now);
	const checked = await checkMails(context, { now, account, prepare }, remembered);
	const { decided } = checked;
	// One email that can't be sent stops them all, before anything leaves; unless the designer said otherwise.
	if (checked.refused && !context.continueOnFail()) {
		return report(
			context,
			decided.map((outcome) => outcome ?? { kind: 'notTried' }),
		);
	}
	if ('failure' in account) {
		const { failure } = account;
		return report(
			context,
			decided.map((outcome) => outcome ?? failed(failure)),
		);
	}
	const outcomes = await sendChecked(context, checked, account, time);
	remembered.keep(outcomes, (index) => checked.mayRepeat.has(index));
	return report(context, outcomes);
}

/** An account that cannot be used does not hide what is to be fixed in the emails. */
async function linkedAccountOrFailure(
	context: IExecuteFunctions,
	now: Date,
): Promise<LinkedAccount | { failure: Failure }> {
	const application = readApplication(context);
	const credentialType = CREDENTIAL_TYPES[application];
	try {
		return await readLinkedAccount(context, credentialType, application, now);
	} catch (error) {
		const app = nameLinkedApp(context, credentialType, application);
		return { failure: explainAccount(error, app) };
	}
}

/** What every email of a run is checked with. */
interface Checks {
	now: Date;
	account: LinkedAccount | { failure: Failure };
	prepare: PrepareMail;
}

/** An email that can be sent. */
interface ReadyMail {
	mail: Mail;
	repetition: Repetition;
	speed: Speed;
}

/** All emails of a run, before anything leaves. */
interface CheckedMails {
	/** By input item; undefined for one whose email is ready. */
	decided: Array<Outcome | undefined>;
	/** Whether one of this run's emails can't be sent. */
	refused: boolean;
	/** In input order. The delivery takes them out. */
	ready: ReadyMail[];
	/** Taken from the first email that can be sent. */
	speed: Speed;
	summaries: MailSummary[];
	/** The items whose email may be sent again although its outcome is unknown. */
	mayRepeat: Set<number>;
	warnings: MailWarnings;
}

/**
 * Reads and checks every email. They are kept until they are sent, since one that can't be sent stops
 * the others, and parameters are read once: what is read twice may say something else.
 */
async function checkMails(
	context: IExecuteFunctions,
	checks: Checks,
	remembered: RememberedOutcomes,
): Promise<CheckedMails> {
	const checked: CheckedMails = {
		decided: [],
		refused: false,
		ready: [],
		speed: readSpeed({}),
		summaries: [],
		mayRepeat: new Set(),
		warnings: new MailWarnings(),
	};
	for (const index of context.getInputData().keys()) {
		const earlier = remembered.of(index);
		if (earlier) {
			checked.decided.push(earlier);
			continue;
		}
		const result = await checkMail(context, index, checks);
		if ('failure' in result) {
			checked.refused = true;
			checked.decided.push(failed(result.failure));
			continue;
		}
		checked.decided.push(undefined);
		if (checked.ready.length === 0) checked.speed = result.speed;
		checked.ready.push(result);
		checked.summaries.push(summaryOf(result.mail));
		if (result.repetition.onUnknownOutcome === 'retry') checked.mayRepeat.add(index);
		checked.warnings.add(index, result.warnings);
	}
	return checked;
}

async function checkMail(
	context: IExecuteFunctions,
	index: number,
	{ now, account, prepare }: Checks,
): Promise<(ReadyMail & { warnings: readonly Warning[] }) | { failure: Failure }> {
	try {
		const sender =
			'failure' in account ? { rights: unlinkedSenderRights(readApplication(context)) } : account;
		const { mail, refusals, warnings, options } = await prepare(context, index, now, sender);
		const repetition = readRepetition(options);
		const { kind } = repetition.sendOnce;
		const [refusal, ...others] = [...refusals, ...refuseKey(kind)];
		if (refusal) return { failure: explainRefusals([refusal, ...others]) };
		if (kind === 'key' && !keepsKeys(context)) return { failure: HOST_KEEPS_NO_KEYS };
		return { mail: mail!, repetition, speed: readSpeed(options), warnings };
	} catch (error) {
		return { failure: explainExpression(error) };
	}
}

/** Sends the emails that are ready. */
async function sendChecked(
	context: IExecuteFunctions,
	checked: CheckedMails,
	account: LinkedAccount,
	time: Time,
): Promise<Outcome[]> {
	showWarnings(context, checked, account);
	const transport = openTransport(context, {
		...account,
		...checked.speed,
		limits: time.limits,
	});
	const mailbox = await openMailbox(account.graphOrigin, transport);
	try {
		const outcomes = await deliverMails(context, checked, { mailbox, account, ...time });
		const drafts = await mailbox.removeLeftDrafts();
		if (drafts > 0) warn(context, describeLeftDrafts(drafts));
		return outcomes;
	} finally {
		mailbox.close();
	}
}

const RETRIED_TOOL =
	'Retry On Fail runs the whole tool again, and an email that was accepted is sent twice. Turn it off, or give each email a Send Once Key.';

function showWarnings(
	context: IExecuteFunctions,
	{ warnings, ready }: CheckedMails,
	account: LinkedAccount,
): void {
	if (account.expiry && expiresSoon(account.expiry)) {
		const { detail, remedy } = describeExpiry(account.expiry, account.app.application);
		warn(context, `${detail} ${remedy}`);
	}
	const withoutKey = ready.some(({ repetition }) => repetition.sendOnce.kind === 'none');
	if (withoutKey && isRetried(context) && isTool(context)) warn(context, RETRIED_TOOL);
	warnings.show(context);
}

async function deliverMails(
	context: IExecuteFunctions,
	{ decided, ready, speed, summaries }: CheckedMails,
	{ mailbox, account, clock }: { mailbox: Mailbox; account: LinkedAccount } & Time,
): Promise<Outcome[]> {
	const keys = openKeys(context, ready);
	const pace = openPace(context, ready.length, speed, clock);
	const lanes = openLanes(account, clock);
	const deliveries = await deliver(jobsOf(ready, mailbox), {
		simultaneous: speed.simultaneous,
		lanes,
		pace,
		retry: DEFAULT_RETRY_POLICY,
		continueOnFail: context.continueOnFail(),
		keys,
		signal: context.getExecutionCancelSignal(),
		clock,
	}).finally(() => lanes.close());
	const lostKeys = keys?.lost.length ?? 0;
	if (lostKeys > 0) warn(context, describeLostKeys(lostKeys));
	const explained = await askWhyRefused(context, account, deliveries);
	let next = 0;
	return decided.map((outcome, index) => {
		if (outcome) return outcome;
		const at = next++;
		return outcomeOf(summaries[at]!, explained[at]!, index, account.app);
	});
}

/** Makes a job of each email when its turn comes; after that, nothing else holds the email. */
function jobsOf(ready: ReadyMail[], mailbox: Mailbox): Jobs {
	const mails: Array<ReadyMail | undefined> = ready.splice(0);
	return {
		length: mails.length,
		at(index): Job | undefined {
			const next = mails[index];
			mails[index] = undefined;
			return (
				next && {
					...toJob(next.mail, mailbox),
					...jobRules(next.repetition),
					prepare: async (signal) => await mailbox.prepare(signal),
				}
			);
		},
	};
}

function openPace(
	context: IExecuteFunctions,
	mails: number,
	{ messagesPerMinute: perMinute }: Speed,
	clock: Clock | undefined,
): Pace | undefined {
	if (perMinute === undefined) return undefined;
	const run = { mails, perMinute, durationMs: durationMs(mails, perMinute) };
	announcePace(context, run, new Date());
	return createPace(perMinute, clock);
}
