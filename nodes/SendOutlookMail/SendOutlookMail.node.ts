import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { credentials, fields } from './description/fields';
import { builderHint, hints, subtitle } from './description/hints';
import { answerWebhooks } from './description/sendAndWait';

/* eslint-disable @typescript-eslint/no-require-imports --
   n8n reads every node at its start; what an operation needs is loaded when one first runs. */
const OPERATIONS = {
	/** parameters → message → attachments → delivery → graph → outcome → output items */
	send: () => (require('./operations/send') as typeof import('./operations/send')).send,
	/** parameters → one email for each person → delivery → the execution waits */
	sendAndWait: () =>
		(require('./operations/sendAndWait') as typeof import('./operations/sendAndWait')).sendAndWait,
	/** as send, with an answer to a message */
	reply: () => (require('./operations/reply') as typeof import('./operations/reply')).reply,
	/** parameters → message → attachments → output items */
	preview: () => (require('./operations/preview') as typeof import('./operations/preview')).preview,
	/** credential → entra, graph → output items */
	checkConnection: () =>
		(require('./operations/checkConnection') as typeof import('./operations/checkConnection'))
			.checkConnection,
};
const answers = () =>
	require('./operations/waitingQuestion') as typeof import('./operations/waitingQuestion');
const failedItems = () =>
	(require('./output/report') as typeof import('./output/report')).failedItems;
/* eslint-enable @typescript-eslint/no-require-imports */

export class SendOutlookMail implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Send Outlook Mail',
		name: 'sendOutlookMail',
		icon: { light: 'file:../../icons/outlook.svg', dark: 'file:../../icons/outlook.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle,
		description: 'Send email from a linked Outlook mailbox',
		defaults: { name: 'Send Outlook Mail' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials,
		webhooks: answerWebhooks,
		properties: fields,
		hints,
		builderHint,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const operation = this.getNodeParameter('operation', 0, 'send') as keyof typeof OPERATIONS;
		const run = async () => await OPERATIONS[operation]()(this);
		return [
			this.continueOnFail()
				? await run().catch((error: unknown) => failedItems()(this, error))
				: await run(),
		];
	}

	/** What people answer to *Send and Wait for Response*. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await answers().answerQuestion(this);
	}
}
