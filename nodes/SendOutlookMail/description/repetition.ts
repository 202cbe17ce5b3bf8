import type { INodeProperties } from 'n8n-workflow';

/** What is done when nobody knows whether Outlook took a mail. */
export const onUnknownOutcomeOption: INodeProperties = {
	displayName: 'On Unknown Outcome',
	name: 'onUnknownOutcome',
	type: 'options',
	options: [
		{
			name: 'Stop This Mail',
			value: 'fail',
			description: 'Never sends a mail twice; tells you to look in Sent Items first',
		},
		{
			name: 'Retry',
			value: 'retry',
			description: 'Sends it again; the mail may arrive twice',
		},
	],
	default: 'fail',
	description:
		'What to do when the connection ends, or Microsoft answers 500, 502 or 504, after the mail has left: Outlook may have taken it',
};

/** Sorted by display name, as n8n asks. */
export const sendOnceOptions: INodeProperties[] = [
	{
		displayName: 'Send Once Forget Key',
		name: 'sendOnceForget',
		type: 'boolean',
		default: false,
		description:
			'Whether to forget the Send Once Key of this item first, so that its mail goes again. Turn it off after that run.',
	},
	{
		displayName: 'Send Once Key',
		name: 'sendOnceKey',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.employeeId }}-welcome',
		description:
			'A text that is different for each mail. A mail whose key this node has sent before is not sent again, also in later executions and after a restart of n8n.',
	},
];
