import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { deliver } from './delivery/deliver';
import { DEFAULT_RETRY_POLICY } from './delivery/retryPolicy';
import { keepsKeys, openRegister } from './delivery/sendOnce/openRegister';
import { parcelRules, type Repetition } from './delivery/sendOnce/repetition';
import { describeExpiry, isEndingSoon } from './entra/expiry';
import { nameLinkedApp, readLinkedAccount, type LinkedAccount } from './entra/linkedAccount';
import { askWhyRefused } from './entra/whyRefused';
import {
	CREDENTIAL_TYPES,
	credentials,
	fields,
	readApplication,
	readMailParameters,
	readMaxKeys,
	readRepetition,
} from './fields';
import { openMailbox, type Mailbox } from './graph/mailbox';
import { openTransport } from './graph/openTransport';
import { composeMessage, type ComposedMail } from './message';
import { checkConnection } from './operations/checkConnection';
import { HOST_KEEPS_NO_KEYS, refuseKey } from './outcome/explainKey';
import { describeLostMarks, warn } from './outcome/hints';
import { outcomeOf, type Draft as DraftOf } from './outcome/outcomeOf';
import { explainAccount, explainExpression, explainRefusals } from './outcome/refusals';
import { report, type ItemOutcome } from './outcome/report';

/** How many mails may be under way at once: Graph serves one app four requests at a time. */
const LANES = 4;

type Draft = DraftOf<ComposedMail & { repetition: Repetition }>;

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
		const operation = this.getNodeParameter('operation', 0, 'send') as Operation;
		return [await OPERATIONS[operation](this)];
	}
}

const OPERATIONS = { send, checkConnection };
type Operation = keyof typeof OPERATIONS;

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

	const application = readApplication(context);
	const credentialType = CREDENTIAL_TYPES[application];
	let account: LinkedAccount;
	let mailbox: Mailbox;
	try {
		account = await readLinkedAccount(context, credentialType, application, now);
		const { graphOrigin } = account;
		const transport = openTransport(context, { credentialType, graphOrigin, simultaneous: LANES });
		mailbox = await openMailbox(graphOrigin, transport);
	} catch (error) {
		const failure = explainAccount(error, nameLinkedApp(context, credentialType, application));
		return report(
			context,
			refused.map((outcome) => (outcome.kind === 'failed' ? outcome : { kind: 'failed', failure })),
		);
	}
	if (account.expiry && isEndingSoon(account.expiry)) {
		const { detail, remedy } = describeExpiry(account.expiry, application);
		warn(context, `${detail} ${remedy}`);
	}
	try {
		return report(context, await deliverDrafts(context, drafts, mailbox, account));
	} finally {
		mailbox.close();
	}
}

function draftMail(context: IExecuteFunctions, index: number, now: Date): Draft {
	try {
		const { mail, refusals } = composeMessage(readMailParameters(context, index, now));
		const repetition = readRepetition(context, index);
		const [first, ...others] = [...refusals, ...refuseKey(repetition.sendOnce.kind)];
		if (first) return { failure: explainRefusals([first, ...others]) };
		if (repetition.sendOnce.kind === 'key' && !keepsKeys(context))
			return { failure: HOST_KEEPS_NO_KEYS };
		return { mail: { ...mail!, repetition } };
	} catch (error) {
		return { failure: explainExpression(error) };
	}
}

async function deliverDrafts(
	context: IExecuteFunctions,
	drafts: readonly Draft[],
	mailbox: Mailbox,
	account: LinkedAccount,
): Promise<ItemOutcome[]> {
	const mails = drafts.flatMap(({ mail }) => (mail ? [mail] : []));
	const register = openRegister(context, mails, readMaxKeys(context));
	const deliveries = await deliver(
		mails.map((mail) => ({
			attempt: async (clientRequestId, signal) =>
				await mailbox.sendMail(mail, clientRequestId, signal),
			...parcelRules(mail.repetition),
		})),
		{
			lanes: LANES,
			retry: DEFAULT_RETRY_POLICY,
			continueOnFail: context.continueOnFail(),
			register,
			signal: context.getExecutionCancelSignal(),
		},
	);
	const lostMarks = (await register?.close()) ?? [];
	if (lostMarks.length > 0) warn(context, describeLostMarks(lostMarks.length));
	const explained = await askWhyRefused(context, account, deliveries);
	let delivered = 0;
	return drafts.map((draft, index) =>
		outcomeOf(draft, draft.mail && explained[delivered++], index, account.app),
	);
}
