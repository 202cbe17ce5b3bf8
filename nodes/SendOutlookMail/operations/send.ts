import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { deliver } from '../delivery/deliver';
import { createPace, durationMs, type Pace } from '../delivery/pace';
import { openLanes } from '../delivery/laneRegistry';
import { DEFAULT_RETRY_POLICY } from '../delivery/retryPolicy';
import { openRegister } from '../delivery/once/openRegister';
import { describeExpiry, isEndingSoon } from '../account/expiry';
import { nameLinkedApp, readLinkedAccount, type LinkedAccount } from '../account/linkedAccount';
import { askWhyRefused } from '../account/whyRefused';
import { CREDENTIAL_TYPES } from '../account/application';
import { openMailbox, type Mailbox } from '../graph/mailbox';
import { openTransport } from '../graph/openTransport';
import { checkMails, jobsOf, type CheckedMails } from './checkedMails';
import { readApplication, readSpeed, type Speed } from './parameters';
import type { Failure } from '../facts/failure';
import { announcePace, describeLostMarks, warn } from '../output/hints';
import { outcomeOf } from '../output/outcomeOf';
import { explainAccount } from '../explain/refusals';
import { report, type ItemOutcome } from '../output/report';

/** The journey of the mails: parameters, message, delivery, graph, outcome, output items. */
export async function send(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const now = new Date();
	const account = await linkedAccountOrFailure(context, now);
	const checked = await checkMails(context, now, account);
	const refused = checked.drafts.map(
		(draft): ItemOutcome =>
			draft.mail ? { kind: 'notTried' } : { kind: 'failed', failure: draft.failure },
	);
	// One mail that cannot go stops them all, before anything leaves; unless the designer said otherwise.
	if (checked.waiting.length < refused.length && !context.continueOnFail())
		return report(context, refused);

	if ('failure' in account) {
		const { failure } = account;
		return report(
			context,
			refused.map((outcome) => (outcome.kind === 'failed' ? outcome : { kind: 'failed', failure })),
		);
	}
	if (account.expiry && isEndingSoon(account.expiry)) {
		const { detail, remedy } = describeExpiry(account.expiry, account.app.owner);
		warn(context, `${detail} ${remedy}`);
	}
	checked.warnings.show(context);
	const speed = readSpeed(context);
	const transport = openTransport(context, { ...account, ...speed });
	const mailbox = await openMailbox(account.graphOrigin, transport);
	try {
		return report(context, await deliverMails(context, checked, { mailbox, account, speed }));
	} finally {
		mailbox.close();
	}
}

/** An account that cannot be used does not hide what is to be mended in the mails. */
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

interface Post {
	mailbox: Mailbox;
	account: LinkedAccount;
	speed: Speed;
}

async function deliverMails(
	context: IExecuteFunctions,
	{ drafts, waiting }: CheckedMails,
	{ mailbox, account, speed }: Post,
): Promise<ItemOutcome[]> {
	const register = openRegister(context, waiting);
	const pace = openPace(context, waiting.length, speed);
	const shared = openLanes(account);
	const jobs = jobsOf(waiting, mailbox);
	const deliveries = await deliver(jobs, {
		lanes: speed.simultaneous,
		shared,
		pace,
		retry: DEFAULT_RETRY_POLICY,
		continueOnFail: context.continueOnFail(),
		register,
		signal: context.getExecutionCancelSignal(),
	}).finally(() => shared.close());
	const lostMarks = (await register?.close()) ?? [];
	if (lostMarks.length > 0) warn(context, describeLostMarks(lostMarks.length));
	const explained = await askWhyRefused(context, account, deliveries);
	let delivered = 0;
	return drafts.map((draft, index) =>
		outcomeOf(draft, draft.mail && explained[delivered++], index, account.app),
	);
}

function openPace(
	context: IExecuteFunctions,
	mails: number,
	{ messagesPerMinute: perMinute }: Speed,
): Pace | undefined {
	if (perMinute === undefined) return undefined;
	const run = { mails, perMinute, durationMs: durationMs(mails, perMinute) };
	announcePace(context, run, new Date());
	return createPace(perMinute);
}
