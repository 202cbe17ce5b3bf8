import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { describeExpiry, expiresSoon, type LinkedAccount } from '../account/linkedAccount';
import { toJob } from '../attachments/job';
import type { Delivery, Jobs } from '../delivery/job';
import { findKeys } from '../delivery/once/sentOnce';
import { createPace, durationMs, type Pace } from '../delivery/pace';
import { jobRules } from '../delivery/retry';
import { SYSTEM_CLOCK, type Clock } from '../facts/clock';
import type { Mailbox } from '../graph/mailbox';
import { announcePace, describeLostKeys, RETRIED_TOOL, warn } from '../output/hints';
import { failed, outcomeOf, type Outcome } from '../output/outcome';
import { report } from '../output/report';
import { CheckedMails } from './checkMails';
import { deliverMails, type Time } from './deliverMails';
import { readAccount, type Speed } from './parameters';
import { prepareMail, type PrepareMail } from './prepareMail';
import { isRetried, isTool, rememberOutcomes } from './retryOnFail';

/** The way of the emails: parameters → Mail → Job → Delivery → outcome → output items. */
export async function send(
	context: IExecuteFunctions,
	{ clock = SYSTEM_CLOCK, limits }: Time = {},
	prepare: PrepareMail = prepareMail,
): Promise<INodeExecutionData[]> {
	const now = new Date(clock.now());
	const remembered = rememberOutcomes(context);
	const account = await readAccount(context, now);
	const checked = new CheckedMails(context, { now, clock, account, prepare, remembered });
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
	const outcomes = await sendChecked(context, checked, account, { clock, limits });
	remembered.keep(outcomes, (index) => checked.mayRepeat.has(index));
	return report(context, outcomes);
}

/** Sends the emails that can be sent. */
async function sendChecked(
	context: IExecuteFunctions,
	checked: CheckedMails,
	account: LinkedAccount,
	{ clock, limits }: { clock: Clock; limits: Time['limits'] },
): Promise<Outcome[]> {
	const speed = await checked.speed();
	if (!speed) return outcomesOf(checked, [], account);
	const keys = findKeys(context);
	try {
		const deliveries = await deliverMails(context, {
			...{ account, speed, keys, clock, limits },
			continueOnFail: context.continueOnFail(),
			pace: openPace(context, checked, speed, clock),
			jobs: (mailbox) => jobsOf(checked, mailbox),
		});
		return outcomesOf(checked, deliveries, account);
	} finally {
		const lostKeys = keys?.lost.length ?? 0;
		if (lostKeys > 0) warn(context, describeLostKeys(lostKeys));
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

/** Makes a job of each email when its turn comes. */
function jobsOf(checked: CheckedMails, mailbox: Mailbox): Jobs {
	return {
		length: checked.length,
		async at(index) {
			const next = await checked.take(index);
			return next && { ...toJob(next.mail, mailbox), ...jobRules(next.repetition) };
		},
	};
}

function openPace(
	context: IExecuteFunctions,
	{ decided }: CheckedMails,
	{ messagesPerMinute: perMinute }: Speed,
	clock: Clock,
): Pace | undefined {
	if (perMinute === undefined) return undefined;
	const mails = decided.filter((outcome) => !outcome).length;
	const run = { mails, perMinute, durationMs: durationMs(mails, perMinute) };
	announcePace(context, run, new Date(clock.now()));
	return createPace(perMinute, clock);
}
