import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { deliver, type Parcel } from './delivery/deliver';
import { openLanes } from './delivery/laneRegistry';
import { createPace, durationMs, type Pace } from './delivery/pace';
import { DEFAULT_RETRY_POLICY } from './delivery/retryPolicy';
import { readLinkedAccount, type LinkedAccount } from './entra/linkedAccount';
import {
	CREDENTIAL_TYPES,
	credentials,
	fields,
	readApplication,
	readMailParameters,
	readSpeed,
	type Speed,
} from './fields';
import { openMailbox, type Mailbox } from './graph/mailbox';
import { openTransport } from './graph/openTransport';
import { composeMessage, type ComposedMail } from './message';
import { outcomeOf, type Draft as DraftOf } from './outcome/outcomeOf';
import { announcePace } from './outcome/paceHint';
import { explainAccount, explainExpression, explainRefusals } from './outcome/refusals';
import { report, type ItemOutcome } from './outcome/report';

type Draft = DraftOf<ComposedMail>;

export class SendOutlookMail implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Send Outlook Mail',
		name: 'sendOutlookMail',
		icon: { light: 'file:../../icons/outlook.svg', dark: 'file:../../icons/outlook.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["application"] }}',
		description: 'Send mail from a linked Outlook mailbox',
		defaults: { name: 'Send Outlook Mail' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials,
		properties: fields,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await send(this)];
	}
}

/** The journey of the mails: parameters, message, delivery, graph, outcome, output items. */
async function send(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const now = new Date();
	const drafts = context.getInputData().map((_item, index) => draftMail(context, index, now));
	const refused = drafts.map(
		(draft): ItemOutcome =>
			draft.mail ? { kind: 'notTried' } : { kind: 'failed', failure: draft.failure },
	);
	// One mail that cannot go stops them all, before anything leaves; unless the designer said otherwise.
	if (drafts.some(({ mail }) => !mail) && !context.continueOnFail())
		return report(context, refused);

	let speed: Speed;
	let account: LinkedAccount;
	let mailbox: Mailbox;
	try {
		speed = readSpeed(context);
		account = await openLinkedAccount(context);
		mailbox = await openLinkedMailbox(context, account, speed);
	} catch (error) {
		const failure = explainAccount(error);
		return report(
			context,
			refused.map((outcome) => (outcome.kind === 'failed' ? outcome : { kind: 'failed', failure })),
		);
	}
	try {
		return report(context, await deliverDrafts(context, drafts, { mailbox, account, speed }));
	} finally {
		mailbox.close();
	}
}

function draftMail(context: IExecuteFunctions, index: number, now: Date): Draft {
	try {
		const { mail, refusals } = composeMessage(readMailParameters(context, index, now));
		return mail ? { mail } : { failure: explainRefusals(refusals) };
	} catch (error) {
		return { failure: explainExpression(error) };
	}
}

async function openLinkedAccount(context: IExecuteFunctions): Promise<LinkedAccount> {
	const application = readApplication(context);
	return await readLinkedAccount(context, CREDENTIAL_TYPES[application], application);
}

async function openLinkedMailbox(
	context: IExecuteFunctions,
	account: LinkedAccount,
	{ simultaneous }: Speed,
): Promise<Mailbox> {
	const transport = openTransport(context, { ...account, simultaneous });
	return await openMailbox(account.graphOrigin, transport);
}

interface Post {
	mailbox: Mailbox;
	account: LinkedAccount;
	speed: Speed;
}

async function deliverDrafts(
	context: IExecuteFunctions,
	drafts: readonly Draft[],
	{ mailbox, account, speed }: Post,
): Promise<ItemOutcome[]> {
	const mails = drafts.flatMap(({ mail }) => (mail ? [mail] : []));
	const shared = openLanes(account);
	const parcels = mails.map(
		(mail): Parcel => ({
			attempt: async (clientRequestId, signal) =>
				await mailbox.sendMail(mail, clientRequestId, signal),
		}),
	);
	const deliveries = await deliver(parcels, {
		lanes: speed.simultaneous,
		shared,
		pace: openPace(context, mails.length, speed),
		retry: DEFAULT_RETRY_POLICY,
		continueOnFail: context.continueOnFail(),
		signal: context.getExecutionCancelSignal(),
	}).finally(() => shared.close());
	let delivered = 0;
	return drafts.map((draft, index) =>
		outcomeOf(draft, draft.mail && deliveries[delivered++], index),
	);
}

function openPace(
	context: IExecuteFunctions,
	mails: number,
	{ messagesPerMinute: perMinute }: Speed,
): Pace | undefined {
	if (perMinute === undefined) return undefined;
	announcePace(context, { mails, perMinute, durationMs: durationMs(mails, perMinute) }, new Date());
	return createPace(perMinute);
}
