import type { IExecuteFunctions } from 'n8n-workflow';
import type { LinkedAccount } from '../account/linkedAccount';
import { askWhyRefused } from '../account/entra';
import { deliver } from '../delivery/deliver';
import type { Delivery, Job, Jobs } from '../delivery/job';
import { openLanes } from '../delivery/lanes';
import type { SentOnce } from '../delivery/once/sentOnce';
import type { Pace } from '../delivery/pace';
import { DEFAULT_RETRY_POLICY } from '../delivery/retry';
import type { Clock } from '../facts/clock';
import { openMailbox, openTransport, type Mailbox, type TransportLimits } from '../graph/mailbox';
import { describeLeftDrafts, warn } from '../output/hints';
import type { Speed } from './sendingOptions';

/** A clock and time limits other than the usual ones. */
export interface Time {
	clock?: Clock | undefined;
	limits?: Partial<TransportLimits> | undefined;
}

interface MailRun extends Time {
	account: LinkedAccount;
	speed: Speed;
	continueOnFail: boolean;
	clock: Clock;
	keys?: SentOnce | undefined;
	pace?: Pace | undefined;
	/** Makes the jobs, each of which goes to this mailbox. */
	jobs: (mailbox: Mailbox) => readonly Job[] | Jobs;
}

/** Delivers the emails of one run over the linked mailbox, and learns why Entra ID refused. */
export async function deliverMails(
	context: IExecuteFunctions,
	{ account, speed, clock, limits, jobs, ...plan }: MailRun,
): Promise<readonly Delivery[]> {
	const transport = openTransport(context, { ...account, ...speed, ...{ clock, limits } });
	const mailbox = await openMailbox(account.graphOrigin, transport, clock);
	const lanes = openLanes(account, clock);
	try {
		const deliveries = await deliver(jobs(mailbox), {
			...plan,
			...{ lanes, clock },
			simultaneous: speed.simultaneous,
			retry: DEFAULT_RETRY_POLICY,
			signal: context.getExecutionCancelSignal(),
		});
		const drafts = await mailbox.removeLeftDrafts();
		if (drafts > 0) warn(context, describeLeftDrafts(drafts));
		return await askWhyRefused(context, account, deliveries);
	} finally {
		lanes.close();
		mailbox.close();
	}
}
