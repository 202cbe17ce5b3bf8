import type { INodeTypeDescription, NodeHint } from 'n8n-workflow';

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

/** The parameters whose addresses a list of allowed recipients guards, as n8n stores them. */
const RECIPIENTS = [
	'["to"]',
	...['cc', 'bcc', 'replyTo'].map((name) => `["options"]?.["${name}"]`),
];

const LIST = '$rawParameter["options"]?.["allowedRecipients"]';

/**
 * n8n's editor evaluates these with `$rawParameter`: the parameters as typed, since `$fromAI` has no
 * value there.
 */
const fillsByModel = (parameters: readonly string[]) =>
	`/\\$fromAI\\s*\\(/i.test([${parameters.join(', ')}].join(" "))`;

const NOT_CHECK_CONNECTION = '$parameter["operation"] !== "checkConnection"';

export const hints: NodeHint[] = [
	{
		message:
			'An AI model fills the recipients, so this node can write to anyone. Add the option <b>Allowed Recipients</b>, or fill it in the credential.',
		type: 'warning',
		location: 'ndv',
		whenToDisplay: 'always',
		displayCondition: `={{ ${NOT_CHECK_CONNECTION} && !${LIST} && ${fillsByModel(RECIPIENTS.map((name) => `$rawParameter${name}`))} }}`,
	},
	{
		message:
			'An AI model fills <b>Allowed Recipients</b>, so the list guards nothing. Enter the domains and addresses yourself.',
		type: 'warning',
		location: 'ndv',
		whenToDisplay: 'always',
		displayCondition: `={{ ${NOT_CHECK_CONNECTION} && ${fillsByModel([LIST])} }}`,
	},
];
