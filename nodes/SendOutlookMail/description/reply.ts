import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { optionsField } from './options';

const showForReply: IDisplayOptions = { show: { operation: ['reply'] } };

/** Options that Graph takes with an answer, or that the node looks after itself. */
const OPTIONS = [
	'allowedRecipients',
	'attachments',
	'bcc',
	'categories',
	'cc',
	'from',
	'importance',
	'messagesPerMinute',
	'onUnknownOutcome',
	'sendOnceForget',
	'sendOnceKey',
	'simultaneous',
];

/** What a designer sees above the body. */
export const replyFields: INodeProperties[] = [
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

export const replyOptionsField: INodeProperties = {
	...optionsField,
	displayOptions: showForReply,
	options: (optionsField.options as INodeProperties[]).filter(({ name }) => OPTIONS.includes(name)),
};
