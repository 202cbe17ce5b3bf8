import type { IDisplayOptions, INodeCredentialDescription, INodeProperties } from 'n8n-workflow';
import { CREDENTIAL_TYPES } from '../account/application';
import { optionFields } from './options';
import { questionFields } from './sendAndWait';

/** A preview needs no credential, so a flow can be looked at before an account is linked. */
const OPERATIONS_WITH_CREDENTIAL = ['checkConnection', 'reply', 'send', 'sendAndWait'];

export const credentials: INodeCredentialDescription[] = Object.entries(CREDENTIAL_TYPES).map(
	([application, name]) => ({
		name,
		required: true,
		displayOptions: {
			show: { application: [application], operation: OPERATIONS_WITH_CREDENTIAL },
			hide: { 'options.previewOnly': [true] },
		},
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
				'Test the connection without sending. Use a separate node: n8n clears the other fields.',
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

const showForReply: IDisplayOptions = { show: { operation: ['reply'] } };

const replyFields: INodeProperties[] = [
	{
		displayName: 'Message ID',
		name: 'messageId',
		type: 'string',
		default: '',
		required: true,
		displayOptions: showForReply,
		placeholder: 'e.g. AAMkAGI2TG93AAA=',
		description:
			"The ID of the email in the linked mailbox, as n8n's Microsoft Outlook trigger or node outputs it. Not the Message-ID header, which has angle brackets.",
	},
	{
		displayName: 'Reply Mode',
		name: 'replyMode',
		type: 'options',
		options: [
			{ name: 'Forward', value: 'forward', description: 'To people of your choice' },
			{
				name: 'Reply',
				value: 'reply',
				description: 'To the sender, or where the sender asks for replies',
			},
			{ name: 'Reply to All', value: 'replyAll', description: 'To everybody in the email' },
		],
		default: 'reply',
		displayOptions: showForReply,
		description: 'Who receives the answer. The original email is quoted below it.',
	},
	{
		displayName: 'To',
		name: 'to',
		type: 'string',
		default: '',
		required: true,
		displayOptions: { show: { operation: ['reply'], replyMode: ['forward'] } },
		placeholder: 'e.g. jane@example.com, sam@example.com',
		description: 'The recipients, separated by commas or semicolons',
	},
];

/** Everything that a designer sees in the node, from top to bottom. */
export const fields: INodeProperties[] = [
	applicationField,
	operationField,
	...replyFields,
	...mailFields,
	...questionFields,
	...optionFields,
];
