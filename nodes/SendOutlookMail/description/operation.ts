import type { INodeProperties } from 'n8n-workflow';

export const operationField: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Check Connection',
			value: 'checkConnection',
			description:
				'Tell what works and what does not, without sending a mail. Use a node of its own: n8n empties the fields of a mail.',
			action: 'Check the connection',
		},
		{
			name: 'Preview',
			value: 'preview',
			description: 'See what would be sent, without sending it and without a linked account',
			action: 'Preview a mail',
		},
		{
			name: 'Send',
			value: 'send',
			description: 'Send a mail from the linked mailbox',
			action: 'Send a mail',
		},
		{
			name: 'Send and Wait for Response',
			value: 'sendAndWait',
			description: 'Ask one or several people by email, and wait until one of them has answered',
			action: 'Send a message and wait for a response',
			// A tool of an AI agent cannot wait; n8n offers the same as a human review step.
			displayOptions: { hide: { '@tool': [true] } },
		},
	],
	default: 'send',
};
