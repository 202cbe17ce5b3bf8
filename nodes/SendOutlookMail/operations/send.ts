import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { CREDENTIAL_TYPES } from '../account/application';
import {
	describeExpiry,
	expiresSoon,
	nameLinkedApp,
	readLinkedAccount,
	type LinkedAccount,
} from '../account/linkedAccount';
import { askWhyRefused } from '../account/whyRefused';
import { toJob } from '../attachments/job';
import { deliver } from '../delivery/deliver';
import type { Delivery, Job, Jobs } from '../delivery/job';
import { openLanes } from '../delivery/lanes';
import { openKeys } from '../delivery/once/sentOnce';
import { jobRules, DEFAULT_RETRY_POLICY } from '../delivery/retry';
import { createPace, durationMs, type Pace } from '../delivery/pace';
import { explainAccount } from '../explain/account';
import type { Clock } from '../facts/clock';
import type { Failure } from '../facts/failure';
import { openMailbox, type Mailbox, openTransport } from '../graph/mailbox';
import type { TransportLimits } from '../graph/pooledTransport';
import { announcePace, describeLeftDrafts, describeLostKeys, warn } from '../output/hints';
import { report } from '../output/report';
import { failed, outcomeOf, type Outcome } from '../output/outcome';
import { CheckedMails } from './checkMails';
import { readApplication, type Speed } from './parameters';
import { prepareMail, type PrepareMail } from './prepareMail';
import { isRetried, isTool, rememberOutcomes } from './retries';

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
	const signal = context.getExecutionCancelSignal();
	const account = await linkedAccountOrFailure(context, new Date());
	const checks = { now: new Date(), account, prepare, remembered };
	const checked = new CheckedMails(context, checks, () => signal?.aborted === true);
	// One email that can't be sent stops them all, before anything leaves. Where the designer said to
	// continue, the first ones are sent while others are still read.
	if ('failure' in account || !context.continueOnFail()) await checked.all();
	const stops = checked.refused && !context.continueOnFail();
	if (stops || 'failure' in account) {
		const others: Outcome =
			stops || !('failure' in account) ? { kind: 'notTried' } : failed(account.failure);
		return report(
			context,
			checked.decided.map((outcome) => outcome ?? others),
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

/** Sends the emails that can be sent. */
async function sendChecked(
	context: IExecuteFunctions,
	checked: CheckedMails,
	account: LinkedAccount,
	time: Time,
): Promise<Outcome[]> {
	const speed = await checked.speed();
	if (!speed) return outcomesOf(checked, [], account);
	const transport = openTransport(context, { ...account, ...speed, limits: time.limits });
	const mailbox = await openMailbox(account.graphOrigin, transport, time.clock);
	try {
		const deliveries = await deliverMails(context, checked, { mailbox, account, speed, ...time });
		const drafts = await mailbox.removeLeftDrafts();
		if (drafts > 0) warn(context, describeLeftDrafts(drafts));
		return outcomesOf(checked, await askWhyRefused(context, account, deliveries), account);
	} finally {
		mailbox.close();
		showWarnings(context, checked, account);
	}
}

function outcomesOf(
	{ decided, summaries }: CheckedMails,
	deliveries: readonly Delivery[],
	{ app }: LinkedAccount,
): Outcome[] {
	return decided.map((outcome, index): Outcome => {
		const summary = summaries[index];
		if (outcome) return outcome;
		const delivery = deliveries[index];
		if (!summary || !delivery) return { kind: 'notTried' };
		return outcomeOf(summary, delivery, index, app);
	});
}

const RETRIED_TOOL =
	'Retry On Fail runs the whole tool again, and an email that was accepted is sent twice. Turn it off, or give each email a Send Once Key.';

function showWarnings(
	context: IExecuteFunctions,
	{ warnings, withoutKey }: CheckedMails,
	account: LinkedAccount,
): void {
	if (account.expiry && expiresSoon(account.expiry)) {
		const { detail, remedy } = describeExpiry(account.expiry, account.app.application);
		warn(context, `${detail} ${remedy}`);
	}
	if (withoutKey && isRetried(context) && isTool(context)) warn(context, RETRIED_TOOL);
	warnings.show(context);
}

async function deliverMails(
	context: IExecuteFunctions,
	checked: CheckedMails,
	{
		mailbox,
		account,
		speed,
		clock,
	}: Time & {
		mailbox: Mailbox;
		account: LinkedAccount;
		speed: Speed;
	},
): Promise<Delivery[]> {
	const keys = openKeys(context);
	const pace = openPace(
		context,
		checked.decided.filter((outcome) => !outcome).length,
		speed,
		clock,
	);
	const lanes = openLanes(account, clock);
	const deliveries = await deliver(jobsOf(checked, mailbox), {
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
	return deliveries;
}

/** Makes a job of each email when its turn comes. */
function jobsOf(checked: CheckedMails, mailbox: Mailbox): Jobs {
	return {
		length: checked.length,
		async at(index): Promise<Job | undefined> {
			const next = await checked.take(index);
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
