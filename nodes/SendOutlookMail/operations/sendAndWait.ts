import { randomBytes } from 'node:crypto';
import { WAIT_INDEFINITELY, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { CREDENTIAL_TYPES } from '../account/application';
import { readLinkedAccount, nameLinkedApp, type LinkedAccount } from '../account/linkedAccount';
import { unlinkedSenderRights } from '../account/permissions';
import { askWhyRefused } from '../account/whyRefused';
import type { Sign } from '../ask/links';
import { alreadyAskedOutcome, type Asked, type Question } from '../ask/question';
import { toJob } from '../attachments/job';
import { deliver } from '../delivery/deliver';
import type { Delivery } from '../delivery/job';
import { openLanes } from '../delivery/lanes';
import { openKeyStore, type KeyStore } from '../delivery/once/keyStore';
import { readSendOnceKey, DEFAULT_RETRY_POLICY } from '../delivery/retry';
import { explainExchange } from '../explain/exchange';
import { explainStartedBefore } from '../explain/unknownOutcome';
import { explainAccount } from '../explain/account';
import {
	explainKeyNotKept,
	refuseKey,
	explainExpression,
	explainRefusals,
	describeLocalLinks,
	explainItemCount,
	HOST_CANNOT_WAIT,
	HOST_KEEPS_NO_ANSWERS,
	TOOL_CANNOT_WAIT,
} from '../explain/refusals';
import type { Failure } from '../facts/failure';
import { openMailbox, openTransport } from '../graph/mailbox';
import type { Mail } from '../mail/mail';
import { MailWarnings, warn } from '../output/hints';
import { report } from '../output/report';
import { failed } from '../output/outcome';
import { readApplication, readSpeed } from './parameters';
import { isPreviewOnly, previewQuestion } from './previewQuestion';
import { addressedMails, prepareQuestion, questionOf, type QuestionDraft } from './questionMail';
import { isLocal } from './checks/links';
import { keepQuestion, outputAtDeadline } from './waitingQuestion';

/**
 * Asks one or several people by email and puts the execution to wait. What they answer arrives at
 * {@link answerQuestion}, also in another process.
 */
export async function sendAndWait(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const { type } = context.getNode();
	const humanReview = type.endsWith('HitlTool');
	if (type.endsWith('Tool') && !humanReview) return fail(context, TOOL_CANNOT_WAIT);
	if (isPreviewOnly(context)) return await previewQuestion(context, humanReview);
	const ready = await prepare(context, humanReview);
	if ('failure' in ready) return fail(context, ready.failure);
	const { draft, account, rows, sign, key } = ready;
	const claim = key === undefined ? 'claimed' : await claimKey(rows, key, account);
	if (claim === 'done') return [{ json: alreadyAskedOutcome() as never, pairedItem: { item: 0 } }];
	if (claim !== 'claimed') return fail(context, claim);

	const question = questionOf(draft, randomBytes(12).toString('base64url'));
	const { mails, copy } = addressedMails(draft, question, sign);
	const { asked, failure } = await ask(context, account, question, copy ? [...mails, copy] : mails);
	const isAsked = asked.some(({ status }) => status === 'accepted' || status === 'unknown');
	if (key !== undefined) await (isAsked ? rows.markDone(keyRow(key)) : rows.remove(keyRow(key)));
	if (!isAsked) return fail(context, failure ?? NOT_ASKED);

	keepQuestion(context, { question, asked });
	const { deadline } = question;
	if (deadline !== undefined) outputAtDeadline(context, asked);
	await context.putExecutionToWait(deadline === undefined ? WAIT_INDEFINITELY : new Date(deadline));
	return context.getInputData();
}

interface Ready {
	draft: QuestionDraft;
	account: LinkedAccount;
	rows: KeyStore;
	sign: Sign;
	key: string | undefined;
}

/** Everything that can be refused is refused here, before anything leaves. */
async function prepare(
	context: IExecuteFunctions,
	humanReview: boolean,
): Promise<Ready | { failure: Failure }> {
	const count = context.getInputData().length;
	if (count > 1) return { failure: explainItemCount(count) };
	const sign = signer(context);
	if (!sign) return { failure: HOST_CANNOT_WAIT };

	const now = new Date();
	const application = readApplication(context);
	const credentialType = CREDENTIAL_TYPES[application];
	const account = await readLinkedAccount(context, credentialType, application, now).catch(
		(error: unknown) => ({
			failure: explainAccount(error, nameLinkedApp(context, credentialType, application)),
		}),
	);
	const sender = 'failure' in account ? { rights: unlinkedSenderRights(application) } : account;
	const prepared = await prepareQuestion(context, now, sender, humanReview).catch(
		(error: unknown) => ({
			failure: explainExpression(error),
		}),
	);
	if ('failure' in prepared) return prepared;
	const once = readSendOnceKey(prepared.options);
	const [refusal, ...others] = [...prepared.refusals, ...refuseKey(once.kind)];
	if (refusal) return { failure: explainRefusals([refusal, ...others]) };
	if ('failure' in account) return account;
	const rows = openKeyStore(context, 'question');
	if (!rows || !prepared.draft) return { failure: HOST_KEEPS_NO_ANSWERS };

	const { origin, hostname } = new URL(sign({}));
	if (isLocal(hostname)) warn(context, describeLocalLinks(origin));
	const warnings = new MailWarnings();
	warnings.add(0, prepared.warnings);
	warnings.show(context);
	return {
		draft: prepared.draft,
		account,
		rows,
		sign,
		key: once.kind === 'key' ? once.key : undefined,
	};
}

/** n8n has signed links since 1.107. */
function signer(context: Partial<Pick<IExecuteFunctions, 'getSignedResumeUrl'>>): Sign | undefined {
	if (typeof context.getSignedResumeUrl !== 'function') return undefined;
	return (parameters) => context.getSignedResumeUrl!(parameters);
}

function keyRow(key: string): string {
	return `once ${key}`;
}

async function claimKey(
	rows: KeyStore,
	key: string,
	{ app }: LinkedAccount,
): Promise<'claimed' | 'done' | Failure> {
	try {
		const claim = await rows.claim(keyRow(key));
		return claim === 'started' ? explainStartedBefore(globalThis.crypto.randomUUID()) : claim;
	} catch (error) {
		return explainKeyNotKept(error, app);
	}
}

/** Sends all emails, and says of each what became of it. The copy for CC comes last and decides nothing. */
async function ask(
	context: IExecuteFunctions,
	account: LinkedAccount,
	{ people }: Question,
	mails: readonly Mail[],
): Promise<{ asked: Asked[]; failure: Failure | undefined }> {
	const speed = readSpeed({});
	const mailbox = await openMailbox(
		account.graphOrigin,
		openTransport(context, { ...account, ...speed }),
	);
	const lanes = openLanes(account);
	try {
		const deliveries = await deliver(
			mails.map((mail) => ({
				...toJob(mail, mailbox),
				prepare: async (signal: AbortSignal) => await mailbox.prepare(signal),
			})),
			{
				simultaneous: speed.simultaneous,
				lanes,
				retry: DEFAULT_RETRY_POLICY,
				continueOnFail: true,
				signal: context.getExecutionCancelSignal(),
			},
		);
		const explained = await askWhyRefused(context, account, deliveries);
		const failures = explained.map((delivery) => failureOf(delivery, account));
		const asked = people.map(({ address }, index) =>
			askedOf(address, explained[index]!, failures[index]),
		);
		if (mails.length > people.length && failures.at(-1)) {
			warn(context, `The copy for CC was not sent: ${failures.at(-1)!.message}.`);
		}
		return { asked, failure: failures.slice(0, people.length).find(Boolean) };
	} finally {
		lanes.close();
		mailbox.close();
	}
}

function failureOf(delivery: Delivery, { app }: LinkedAccount): Failure | undefined {
	const { verdict, exchange, clientRequestId } = delivery;
	if (verdict === 'accepted' || !exchange) return undefined;
	return explainExchange(exchange, clientRequestId, app);
}

function askedOf(email: string, delivery: Delivery, failure: Failure | undefined): Asked {
	const { verdict, clientRequestId, exchange, mayBeDuplicate } = delivery;
	const requestId =
		exchange?.kind === 'answered' ? exchange.answer.headers['request-id'] : undefined;
	const status =
		verdict === 'accepted'
			? 'accepted'
			: verdict === 'unknown' || mayBeDuplicate
				? 'unknown'
				: exchange
					? 'failed'
					: 'notTried';
	return {
		...{ email, status, clientRequestId },
		...(requestId === undefined ? {} : { requestId }),
		...(failure && {
			error: { code: failure.code, message: failure.message, remedy: failure.remedy },
		}),
	};
}

const NOT_ASKED: Failure = {
	code: 'notTried',
	message: 'Nobody was asked because the execution was stopped',
	remedy: 'Run the workflow again.',
};

function fail(context: IExecuteFunctions, failure: Failure): INodeExecutionData[] {
	return report(
		context,
		context.getInputData().map(() => failed(failure)),
	);
}
