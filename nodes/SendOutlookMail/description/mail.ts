import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/** Operations that are about a mail. */
export const showForMail: IDisplayOptions = { show: { operation: ['send', 'preview'] } };

export const mailFields: INodeProperties[] = [
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
			{ name: 'HTML', value: 'html' },
			{ name: 'Text', value: 'text' },
		],
		default: 'html',
		displayOptions: showForMail,
		hint: 'Text keeps line breaks as typed; in HTML, only tags break a line',
		description: 'Choose Text for plain sentences, and HTML for a body with tags',
	},
	{
		displayName: 'Body',
		name: 'body',
		type: 'string',
		typeOptions: { rows: 6 },
		default: '',
		displayOptions: showForMail,
		description:
			'What the mail says. A text body keeps its line breaks as typed; in HTML, a line ends with <code>&lt;br&gt;</code>.',
	},
];
