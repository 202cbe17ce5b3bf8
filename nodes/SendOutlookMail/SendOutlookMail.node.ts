import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { deliver } from './delivery/deliver';
import { DEFAULT_RETRY_POLICY } from './delivery/retryPolicy';
import { readLinkedAccount } from './entra/linkedAccount';
import {
	CREDENTIAL_TYPES,
	credentials,
	fields,
	readApplication,
	readMailParameters,
} from './fields';
import { openMailbox, type Mailbox } from './graph/mailbox';
import { openTransport } from './graph/openTransport';
import { composeMessage, type ComposedMail } from './message';
import { outcomeOf, type Draft as DraftOf } from './outcome/outcomeOf';
import { explainAccount, explainExpression, explainRefusals } from './outcome/refusals';
import { report, type ItemOutcome } from './outcome/report';

/** How many mails may be under way at once: Graph serves one app four requests at a time. */
const LANES = 4;

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

	let mailbox: Mailbox;
	try {
		mailbox = await openLinkedMailbox(context);
	} catch (error) {
		const failure = explainAccount(error);
		return report(
			context,
			refused.map((outcome) => (outcome.kind === 'failed' ? outcome : { kind: 'failed', failure })),
		);
	}
	try {
		return report(context, await deliverDrafts(context, drafts, mailbox));
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

async function openLinkedMailbox(context: IExecuteFunctions): Promise<Mailbox> {
	const application = readApplication(context);
	const credentialType = CREDENTIAL_TYPES[application];
	const { graphOrigin } = await readLinkedAccount(context, credentialType, application);
	const transport = openTransport(context, { credentialType, graphOrigin, simultaneous: LANES });
	return await openMailbox(graphOrigin, transport);
}

async function deliverDrafts(
	context: IExecuteFunctions,
	drafts: readonly Draft[],
	mailbox: Mailbox,
): Promise<ItemOutcome[]> {
	const mails = drafts.flatMap(({ mail }) => (mail ? [mail] : []));
	const deliveries = await deliver(
		mails.map((mail) => ({
			attempt: async (clientRequestId, signal) =>
				await mailbox.sendMail(mail, clientRequestId, signal),
		})),
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
