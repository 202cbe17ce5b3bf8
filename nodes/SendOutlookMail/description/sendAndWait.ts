import type { IDisplayOptions, INodeProperties, IWebhookDescription } from 'n8n-workflow';

const showForQuestion: IDisplayOptions = { show: { operation: ['sendAndWait'] } };

const showForApproval: IDisplayOptions = {
	show: { operation: ['sendAndWait'], responseType: ['approval'] },
};

/** Where answers arrive: n8n adds the execution and a signature to this path. */
const answersAt = {
	name: 'default',
	responseMode: 'onReceived',
	responseData: '',
	path: '={{ $nodeId }}',
	restartWebhook: true,
	isFullPath: true,
} as const;

/** A GET shows the page, and only a POST decides. */
export const answerWebhooks: IWebhookDescription[] = [
	{ ...answersAt, httpMethod: 'GET' },
	{ ...answersAt, httpMethod: 'POST' },
];

export const questionFields: INodeProperties[] = [
	{
		displayName: 'To',
		name: 'to',
		type: 'string',
		default: '',
		required: true,
		displayOptions: showForQuestion,
		placeholder: 'e.g. manager@example.com',
		description:
			'The people who are asked, separated by commas or semicolons. Each gets an email and a link of their own; the first answer counts.',
	},
	{
		displayName: 'Subject',
		name: 'subject',
		type: 'string',
		default: '',
		required: true,
		displayOptions: showForQuestion,
		placeholder: 'e.g. Access for Sam: do you approve?',
		description: 'One line of text. It is the title of the page, too.',
	},
	{
		displayName: 'Message Type',
		name: 'messageType',
		type: 'options',
		options: [
			{ name: 'HTML', value: 'html' },
			{ name: 'Markdown', value: 'markdown' },
			{ name: 'Text', value: 'text' },
		],
		default: 'markdown',
		displayOptions: showForQuestion,
		description: 'How the message is written. Markdown and text keep line breaks as typed.',
	},
	{
		displayName: 'Message',
		name: 'message',
		type: 'string',
		typeOptions: { rows: 6 },
		default: '',
		required: true,
		displayOptions: showForQuestion,
		description:
			'What is to be decided. The email shows it above the buttons, and so does the page.',
	},
	{
		displayName: 'Response Type',
		name: 'responseType',
		type: 'options',
		options: [
			{ name: 'Approval', value: 'approval', description: 'People choose one of the choices' },
			{ name: 'Free Text', value: 'freeText', description: 'People answer in their own words' },
		],
		default: 'approval',
		displayOptions: showForQuestion,
	},
	{
		displayName: 'Choices',
		name: 'choices',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add choice',
		default: {
			choice: [
				{ label: 'Approve', value: 'approved', meaning: 'approved' },
				{ label: 'Decline', value: 'declined', meaning: 'declined' },
			],
		},
		displayOptions: showForApproval,
		description: 'What people can answer, in this order. Each choice is a button in the email.',
		options: [
			{
				displayName: 'Choice',
				name: 'choice',
				values: [
					{
						displayName: 'Label',
						name: 'label',
						type: 'string',
						default: '',
						placeholder: 'e.g. Approve',
						description: 'What people read',
					},
					{
						displayName: 'Meaning',
						name: 'meaning',
						type: 'options',
						options: [
							{ name: 'Approved', value: 'approved' },
							{ name: 'Declined', value: 'declined' },
							{ name: 'Neither', value: 'neither' },
						],
						default: 'neither',
						description:
							'Sets <code>approved</code> of the output: true, false, or null for neither',
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						placeholder: 'e.g. approved',
						description: 'The <code>status</code> of the output. Empty means the label.',
					},
				],
			},
		],
	},
	{
		displayName: 'Require Comment',
		name: 'requireComment',
		type: 'options',
		options: [
			{ name: 'Always', value: 'always' },
			{ name: 'Never', value: 'never' },
			{ name: 'When Declined', value: 'declined' },
		],
		default: 'declined',
		displayOptions: showForApproval,
		description: 'When people have to write a comment with their answer',
	},
	{
		displayName: 'Confirmation',
		name: 'confirmation',
		type: 'options',
		options: [
			{ name: 'Button', value: 'button', description: 'A button on the page is enough' },
			{
				name: 'Code',
				value: 'code',
				description: 'The page also asks for six digits that are in the email',
			},
		],
		default: 'button',
		displayOptions: showForQuestion,
		description:
			'Whether the link alone is enough to answer. With a code, a person who has only the link cannot.',
	},
	{
		displayName: 'Deadline',
		name: 'deadline',
		type: 'fixedCollection',
		placeholder: 'Add deadline',
		default: {},
		displayOptions: showForQuestion,
		description:
			'When the workflow goes on without an answer, with status <code>noAnswer</code>. Without a deadline it waits without end.',
		options: [
			{
				displayName: 'Within',
				name: 'within',
				values: [
					{
						displayName: 'Amount',
						name: 'amount',
						type: 'number',
						typeOptions: { minValue: 0 },
						default: 2,
					},
					{
						displayName: 'Unit',
						name: 'unit',
						type: 'options',
						options: [
							{ name: 'Days', value: 'days' },
							{ name: 'Hours', value: 'hours' },
							{ name: 'Minutes', value: 'minutes' },
						],
						default: 'days',
					},
				],
			},
		],
	},
];
