import type { NodeHint } from 'n8n-workflow';

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
