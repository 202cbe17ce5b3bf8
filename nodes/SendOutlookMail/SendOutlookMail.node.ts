import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { toParcel, type LoadedMail } from './attachments';
import { deliver } from './delivery/deliver';
import { DEFAULT_RETRY_POLICY } from './delivery/retryPolicy';
import { readLinkedAccount, type LinkedAccount } from './entra/linkedAccount';
import { unlinkedSenderRights } from './entra/senderRights';
import { CREDENTIAL_TYPES, credentials, fields, readApplication } from './fields';
import { openMailbox, type Mailbox } from './graph/mailbox';
import { openTransport } from './graph/openTransport';
import type { ComposedMail } from './message';
import { loadedMail, prepareMail } from './operations/prepareMail';
import { preview } from './operations/preview';
import type { Failure } from './outcome/failure';
import { outcomeOf, type Draft as DraftOf } from './outcome/outcomeOf';
import { explainAccount, explainExpression, explainRefusals } from './outcome/refusals';
import { report, type ItemOutcome } from './outcome/report';

/** How many mails may be under way at once: Graph serves one app four requests at a time. */
const LANES = 4;

type Draft = DraftOf<ComposedMail & LoadedMail>;

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
		const operation = this.getNodeParameter('operation', 0);
		return [operation === 'preview' ? await preview(this) : await send(this)];
	}
}

/** The journey of the mails: parameters, message, delivery, graph, outcome, output items. */
async function send(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const now = new Date();
	const account = await linkedAccountOrFailure(context);
	const drafts: Draft[] = [];
	for (const index of context.getInputData().keys()) {
		drafts.push(await draftMail(context, index, now, account));
	}
	const refused = drafts.map(
		(draft): ItemOutcome =>
			draft.mail ? { kind: 'notTried' } : { kind: 'failed', failure: draft.failure },
	);
	// One mail that cannot go stops them all, before anything leaves; unless the designer said otherwise.
	if (drafts.some(({ mail }) => !mail) && !context.continueOnFail())
		return report(context, refused);

	if ('failure' in account) {
		const { failure } = account;
		return report(
			context,
			refused.map((outcome) => (outcome.kind === 'failed' ? outcome : { kind: 'failed', failure })),
		);
	}
	const { credentialType, graphOrigin } = account;
	const transport = openTransport(context, { credentialType, graphOrigin, simultaneous: LANES });
	const mailbox = await openMailbox(graphOrigin, transport);
	try {
		return report(context, await deliverDrafts(context, drafts, mailbox));
	} finally {
		mailbox.close();
	}
}

/** An account that cannot be used does not hide what is to be mended in the mails. */
async function linkedAccountOrFailure(
	context: IExecuteFunctions,
): Promise<LinkedAccount | { failure: Failure }> {
	const application = readApplication(context);
	try {
		return await readLinkedAccount(context, CREDENTIAL_TYPES[application], application);
	} catch (error) {
		return { failure: explainAccount(error) };
	}
}

async function draftMail(
	context: IExecuteFunctions,
	index: number,
	now: Date,
	account: LinkedAccount | { failure: Failure },
): Promise<Draft> {
	const rights =
		'failure' in account ? unlinkedSenderRights(readApplication(context)) : account.rights;
	try {
		const prepared = await prepareMail(context, index, now, rights);
		const [refusal, ...others] = prepared.refusals;
		if (refusal) return { failure: explainRefusals([refusal, ...others]) };
		return { mail: loadedMail(prepared)! };
	} catch (error) {
		return { failure: explainExpression(error) };
	}
}

async function deliverDrafts(
	context: IExecuteFunctions,
	drafts: readonly Draft[],
	mailbox: Mailbox,
): Promise<ItemOutcome[]> {
	const mails = drafts.flatMap(({ mail }) => (mail ? [mail] : []));
	const deliveries = await deliver(
		mails.map((mail) => toParcel(mail, mailbox)),
		{
			lanes: LANES,
			retry: DEFAULT_RETRY_POLICY,
			continueOnFail: context.continueOnFail(),
			signal: context.getExecutionCancelSignal(),
		},
	);
	let delivered = 0;
	return drafts.map((draft, index) =>
		outcomeOf(draft, draft.mail && deliveries[delivered++], index),
	);
}
