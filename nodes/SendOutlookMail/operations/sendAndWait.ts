import { randomBytes } from 'node:crypto';
import { WAIT_INDEFINITELY, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import type { LinkedAccount } from '../account/linkedAccount';
import type { Sign } from '../ask/links';
import { alreadyAskedOutcome, type Asked, type Question } from '../ask/question';
import { toJob } from '../attachments/job';
import type { Delivery } from '../delivery/job';
import { findKeyStore, type KeyStore } from '../delivery/once/keyStore';
import {
	explainKeyNotKept,
	explainExpression,
	explainRefusals,
	describeLocalLinks,
	explainItemCount,
	HOST_CANNOT_WAIT,
	NOT_ASKED,
	HOST_KEEPS_NO_ANSWERS,
	TOOL_CANNOT_WAIT,
} from '../explain/refusals';
import { explainStartedBefore } from '../explain/unknownOutcome';
import { SYSTEM_CLOCK, type Clock } from '../facts/clock';
import type { Failure } from '../facts/failure';
import { definedEntries } from '../facts/json';
import { idsOf } from '../graph/exchange';
import type { Mail } from '../mail/mail';
import { describeLostKeys, MailWarnings, warn } from '../output/hints';
import { failureOf, type Outcome } from '../output/outcome';
import { report } from '../output/report';
import { deliverMails, type Time } from './deliverMails';
import { readAccount, senderOf } from './parameters';
import { isPreviewOnly, previewQuestion } from './previewQuestion';
import { addressedMails, prepareQuestion } from './questionMail';
import { readSpeed } from './sendingOptions';
import { keepQuestion, outputAtDeadline } from './waitingQuestion';

/**
 * Asks one or several people by email and puts the execution to wait. What they answer arrives at
 * {@link answerQuestion}, also in another process.
 */
export async function sendAndWait(
	context: IExecuteFunctions,
	{ clock = SYSTEM_CLOCK }: Time = {},
): Promise<INodeExecutionData[]> {
	const { type } = context.getNode();
	const humanReview = type.endsWith('HitlTool');
	if (type.endsWith('Tool') && !humanReview) return fail(context, TOOL_CANNOT_WAIT);
	const now = new Date(clock.now());
	if (isPreviewOnly(context)) return await previewQuestion(context, now, humanReview);
	const ready = await prepare(context, now, humanReview);
	if (ready.failure) return fail(context, ready.failure);
	const { draft, account, rows, sign, key } = ready;
	const claim = key === undefined ? 'claimed' : await claimKey(rows, key, account);
	if (claim === 'done') return [{ json: alreadyAskedOutcome() as never, pairedItem: { item: 0 } }];
	if (claim !== 'claimed') return fail(context, claim);

	const { question } = draft;
	const mails = addressedMails(draft, sign);
	const { asked, failure } = await ask(context, account, mails, question, clock);
	const isAsked = asked.some(({ status }) => status === 'accepted' || status === 'unknown');
	if (key !== undefined) {
		const stored = isAsked ? rows.markDone(key) : rows.remove(key);
		// People have been asked, so the execution waits for them whatever becomes of the key.
		await stored.catch(() => warn(context, describeLostKeys(1)));
	}
	if (!isAsked) return fail(context, failure ?? NOT_ASKED);

	keepQuestion(context, { question, asked });
	const { deadline } = question;
	if (deadline !== undefined) outputAtDeadline(context, asked);
	await context.putExecutionToWait(deadline === undefined ? WAIT_INDEFINITELY : new Date(deadline));
	return context.getInputData();
}

/** Everything that can be refused is refused here, before anything leaves. */
async function prepare(context: IExecuteFunctions, now: Date, humanReview: boolean) {
	const count = context.getInputData().length;
	if (count > 1) return { failure: explainItemCount(count) };
	const sign = signer(context);
	if (!sign) return { failure: HOST_CANNOT_WAIT };

	const account = await readAccount(context, now);
	const prepared = await prepareQuestion(context, {
		...{ now, humanReview, id: randomBytes(12).toString('base64url') },
		sender: senderOf(context, account),
	}).catch((error: unknown) => explainExpression(error));
	if ('code' in prepared) return { failure: prepared };
	const { draft, repetition, refusals } = prepared;
	if (refusals.length > 0) return { failure: explainRefusals(refusals) };
	if ('failure' in account) return { failure: account.failure };
	const rows = findKeyStore(context, 'question');
	if (!rows || !draft) return { failure: HOST_KEEPS_NO_ANSWERS };

	const localLinks = describeLocalLinks(new URL(sign({})));
	if (localLinks !== undefined) warn(context, localLinks);
	const warnings = new MailWarnings();
	warnings.add(0, prepared.warnings);
	warnings.show(context);
	const key = repetition.once && `once ${repetition.once.key}`;
	return { draft, account, rows, sign, key };
}

/** n8n has signed links since 1.107. */
function signer(context: Partial<Pick<IExecuteFunctions, 'getSignedResumeUrl'>>): Sign | undefined {
	if (typeof context.getSignedResumeUrl !== 'function') return undefined;
	return (parameters) => context.getSignedResumeUrl!(parameters);
}

async function claimKey(
	rows: KeyStore,
	key: string,
	{ app }: LinkedAccount,
): Promise<'claimed' | 'done' | Failure> {
	try {
		const claim = await rows.claim(key);
		return claim === 'started' ? explainStartedBefore('sentItems') : claim;
	} catch (error) {
		return explainKeyNotKept(error, app);
	}
}

/** Sends all emails, and says of each what became of it. The copy for CC comes last and decides nothing. */
async function ask(
	context: IExecuteFunctions,
	account: LinkedAccount,
	mails: readonly Mail[],
	{ people }: Question,
	clock: Clock,
): Promise<{ asked: Asked[]; failure: Failure | undefined }> {
	const { app } = account;
	const deliveries = await deliverMails(context, {
		...{ account, clock },
		speed: readSpeed({}),
		continueOnFail: true,
		jobs: (mailbox) => mails.map((mail) => toJob(mail, mailbox)),
	});
	const failures = deliveries.map((delivery) => failureOf(delivery, app, 'sentItems'));
	const asked = people.map(({ address: email }, index): Asked => {
		const delivery = deliveries[index]!;
		const { clientRequestId, exchange } = delivery;
		const failure = failures[index];
		return {
			...{ email, status: statusOf(delivery), clientRequestId },
			...definedEntries({
				requestId: exchange && idsOf(exchange, app.secrets).requestId,
				error: failure && wordsOf(failure),
			}),
		};
	});
	const lost = failures.slice(people.length).find(Boolean);
	if (lost) warn(context, `The copy for CC was not sent: ${lost.message}.`);
	return { asked, failure: failures.slice(0, people.length).find(Boolean) };
}

function wordsOf({ code, message, remedy }: Failure) {
	return { code, message, remedy };
}

function statusOf({ verdict, exchange, mayBeDuplicate }: Delivery): Asked['status'] {
	if (verdict === 'accepted') return 'accepted';
	if (verdict === 'unknown' || mayBeDuplicate) return 'unknown';
	return exchange ? 'failed' : 'notTried';
}

function fail(context: IExecuteFunctions, failure: Failure): INodeExecutionData[] {
	return report(
		context,
		context.getInputData().map((): Outcome => ({ kind: 'failed', failure })),
	);
}
