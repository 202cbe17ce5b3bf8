import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { describeExpiry, expiresSoon, type LinkedAccount } from '../account/linkedAccount';
import { toJob } from '../attachments/job';
import type { Delivery } from '../delivery/job';
import { findKeys } from '../delivery/once/sentOnce';
import { createPace, type Pace } from '../delivery/pace';
import { SYSTEM_CLOCK, type Clock } from '../facts/clock';
import { announcePace, describeLostKeys, RETRIED_TOOL, warn } from '../output/hints';
import { isUnknown, outcomeOf, type Outcome } from '../output/outcome';
import { report } from '../output/report';
import { CheckedMails } from './checkMails';
import { deliverMails, type Time } from './deliverMails';
import { readAccount } from './parameters';
import { prepareMail, type PrepareMail } from './prepareMail';
import { isRetried, isTool, rememberedOutcomes } from './retryOnFail';
import type { Speed } from './sendingOptions';

/** The way of the emails: parameters → Mail → Job → Delivery → outcome → output items. */
export async function send(
	context: IExecuteFunctions,
	{ clock = SYSTEM_CLOCK, limits }: Time = {},
	prepare: PrepareMail = prepareMail,
): Promise<INodeExecutionData[]> {
	const now = new Date(clock.now());
	const remembered = rememberedOutcomes(context);
	const account = await readAccount(context, now);
	const checked = new CheckedMails(context, { now, clock, account, prepare, remembered });
	// One email that can't be sent stops them all, before anything leaves. Where the designer said to
	// continue, the first ones are sent while others are still read.
	if ('failure' in account || !context.continueOnFail()) await checked.all();
	const stops = checked.refused && !context.continueOnFail();
	if (stops || 'failure' in account) {
		const others: Outcome =
			'failure' in account && !stops
				? { kind: 'failed', failure: account.failure }
				: { kind: 'notTried' };
		return report(
			context,
			checked.decided.map((outcome) => outcome ?? others),
		);
	}
	const deliveries = await deliverChecked(context, checked, account, { clock, limits });
	const outcomes = checked.decided.map((decided, index): Outcome => {
		const { summary } = checked.kept[index] ?? {};
		const delivery = deliveries[index];
		if (decided) return decided;
		return summary && delivery
			? outcomeOf(summary, delivery, index, account.app)
			: { kind: 'notTried' };
	});
	for (const [index, outcome] of outcomes.entries()) {
		const mayRepeat = checked.kept[index]?.repetition.onUnknownOutcome === 'retry';
		if ('item' in outcome || (isUnknown(outcome) && !mayRepeat)) remembered.set(index, outcome);
	}
	return report(context, outcomes);
}

/** Sends the emails that can be sent. */
async function deliverChecked(
	context: IExecuteFunctions,
	checked: CheckedMails,
	account: LinkedAccount,
	{ clock, limits }: { clock: Clock; limits: Time['limits'] },
): Promise<readonly Delivery[]> {
	const speed = await checked.speed();
	if (!speed) return [];
	const keys = findKeys(context);
	try {
		return await deliverMails(context, {
			...{ account, speed, keys, clock, limits },
			continueOnFail: context.continueOnFail(),
			pace: paceOf(context, checked, speed, clock),
			jobs: (mailbox) => ({
				length: checked.length,
				// Made only when it starts, and held only from then on.
				async at(index) {
					const next = await checked.take(index);
					return next && { ...toJob(next.mail, mailbox), ...next.repetition };
				},
			}),
		});
	} finally {
		const lostKeys = keys?.lost.length ?? 0;
		if (lostKeys > 0) warn(context, describeLostKeys(lostKeys));
		showWarnings(context, checked, account);
	}
}

function showWarnings(
	context: IExecuteFunctions,
	{ warnings, kept }: CheckedMails,
	{ expiry, app }: LinkedAccount,
): void {
	if (expiry && expiresSoon(expiry)) {
		const { detail, remedy } = describeExpiry(expiry, app.application);
		warn(context, `${detail} ${remedy}`);
	}
	const isWithoutKey = kept.some(({ repetition }) => !repetition.once);
	if (isWithoutKey && isRetried(context) && isTool(context)) warn(context, RETRIED_TOOL);
	warnings.show(context);
}

function paceOf(
	context: IExecuteFunctions,
	{ decided }: CheckedMails,
	{ messagesPerMinute: perMinute }: Speed,
	clock: Clock,
): Pace | undefined {
	if (perMinute === undefined) return undefined;
	const mails = decided.filter((outcome) => !outcome).length;
	announcePace(context, { mails, perMinute }, new Date(clock.now()));
	return createPace(perMinute, clock);
}
