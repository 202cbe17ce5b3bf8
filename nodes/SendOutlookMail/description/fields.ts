import type {
	IDisplayOptions,
	INodeCredentialDescription,
	INodeProperties,
	INodeTypeDescription,
} from 'n8n-workflow';
import { CREDENTIAL_TYPES } from '../account/application';
import { optionsField } from './options';
import { replyFields, replyOptionsField } from './reply';
import { questionFields } from './sendAndWait';

/** A preview needs no credential, so a flow can be looked at before an account is linked. */
const OPERATIONS_WITH_CREDENTIAL = ['checkConnection', 'reply', 'send', 'sendAndWait'];

export const credentials: INodeCredentialDescription[] = Object.entries(CREDENTIAL_TYPES).map(
	([application, name]) => ({
		name,
		required: true,
		displayOptions: { show: { application: [application], operation: OPERATIONS_WITH_CREDENTIAL } },
	}),
);

const applicationField: INodeProperties = {
	displayName: 'Application',
	name: 'application',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'RoboMQ',
			value: 'roboMq',
			description: 'Nothing to set up: you sign in and allow RoboMQ to send as you',
		},
		{
			name: 'Customer-Owned',
			value: 'customer',
			description: 'An app that your company registered in its own Entra tenant',
		},
	],
	default: 'roboMq',
	description: 'Which application sends on behalf of the linked Outlook account',
};

const operationField: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Check Connection',
			value: 'checkConnection',
			description:
				'Report what works and what does not, without sending an email. Use a node of its own: n8n empties the fields of an email.',
			action: 'Check connection',
		},
		{
			name: 'Preview',
			value: 'preview',
			description: 'See what would be sent, without sending it and without a linked account',
			action: 'Preview email',
		},
		{
			name: 'Reply or Forward',
			value: 'reply',
			description: 'Answer or forward an email of the linked mailbox, in its thread',
			action: 'Reply to or forward email',
		},
		{
			name: 'Send',
			value: 'send',
			description: 'Send an email from the linked mailbox',
			action: 'Send email',
		},
		{
			name: 'Send and Wait for Response',
			value: 'sendAndWait',
			description: 'Ask one or several people by email, and wait until one of them has answered',
			action: 'Send email and wait for response',
			// A tool of an AI agent cannot wait; n8n offers the same as a human review step.
			displayOptions: { hide: { '@tool': [true] } },
		},
	],
	default: 'send',
};

/** Operations that are about one email for each item. */
const showForMail: IDisplayOptions = { show: { operation: ['send', 'preview'] } };

/** Operations in which the designer writes a body. */
const showForBody: IDisplayOptions = { show: { operation: ['send', 'preview', 'reply'] } };

const mailFields: INodeProperties[] = [
	{
		displayName: 'To',
		name: 'to',
		type: 'string',
		default: '',
		required: true,
		displayOptions: showForMail,
		placeholder: 'e.g. jane@example.com, sam@example.com',
		description:
			'The recipients, separated by commas or semicolons. Put a name that contains a comma in double quotes: "Doe, Jane" <code>&lt;jane@example.com&gt;</code>. An expression may give an array.',
	},
	{
		displayName: 'Subject',
		name: 'subject',
		type: 'string',
		default: '',
		required: true,
		displayOptions: showForMail,
		placeholder: 'e.g. Welcome to the team',
		description: 'One line of text',
	},
	{
		displayName: 'Body Type',
		name: 'bodyType',
		type: 'options',
		options: [
			{
				name: 'Markdown',
				value: 'markdown',
				description: 'Write as you type: **bold**, lists, links, headings and tables',
			},
			{ name: 'HTML', value: 'html', description: 'Sent as it is; you escape values yourself' },
			{ name: 'Text', value: 'text', description: 'Plain text, with its line breaks' },
		],
		default: 'markdown',
		displayOptions: showForBody,
		description:
			'How the body is written. Markdown is what you type in a chat; HTML is for a design of your own.',
	},
	{
		displayName: 'Body',
		name: 'body',
		type: 'string',
		typeOptions: { rows: 6 },
		default: '',
		displayOptions: showForBody,
		description:
			'What the email says. In Markdown, line breaks stay, <code>**bold**</code>, <code>- item</code> and <code>[text](https://…)</code> work, and HTML is shown as text.',
	},
];

/** Everything that a designer sees in the node, from top to bottom. */
export const fields: INodeProperties[] = [
	applicationField,
	operationField,
	...replyFields,
	...mailFields,
	{ ...optionsField, displayOptions: showForMail },
	...questionFields,
	replyOptionsField,
];

/** What the canvas shows below the node's name. An expression ends at the first pair of closing braces. */
export const subtitle =
	'={{ { send: "send email", sendAndWait: "ask and wait for response", reply: "reply to email", preview: "preview email", checkConnection: "check connection" }[$parameter["operation"]] }}';

/** For the AI that builds workflows. */
export const builderHint: NonNullable<INodeTypeDescription['builderHint']> = {
	searchHint:
		'Sends email from a person’s Outlook mailbox with the permission Mail.Send alone. Use one item for each email. Write the body as Markdown unless it is ready-made HTML. Give each email a sendOnceKey (options) where a repeated run must not send it twice, such as onboarding and offboarding. Set allowedRecipients (options) where recipients come from an AI or from outside. Use operation preview to check emails without sending them.',
	relatedNodes: [
		{
			nodeType: 'n8n-nodes-base.microsoftOutlookTrigger',
			relationHint: 'Starts a workflow when an email arrives; its message ID is what reply takes',
		},
		{
			nodeType: 'n8n-nodes-base.splitInBatches',
			relationHint: 'Loop Over Items: the operation sendAndWait takes one item for each run',
		},
		{
			nodeType: 'n8n-nodes-base.convertToFile',
			relationHint: 'Makes a file of data, which the option attachments takes by its field name',
		},
	],
};
