import { createRunExecutionData, Workflow, type INode, type INodeType } from 'n8n-workflow';
import { SendOutlookMail } from '#node/SendOutlookMail.node';

const nodeType: INodeType = new SendOutlookMail();

/** The hints that n8n's editor shows for a node, which it computes in this very way. */
function hintsShown(given: INode['parameters']): string[] {
	const parameters = { operation: 'send', ...given };
	const node = {
		id: '1',
		name: 'Mail',
		type: 'Mail',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters,
	};
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: {
			getByName: () => nodeType,
			getByNameAndVersion: () => nodeType,
			getKnownTypes: () => ({}),
		},
	});
	return nodeType.description
		.hints!.filter(({ displayCondition }) => {
			const shown = workflow.expression.getParameterValue(
				displayCondition!,
				createRunExecutionData({}),
				0,
				0,
				'Mail',
				[],
				'manual',
				{},
			);
			expect(typeof shown).toBe('boolean');
			return shown;
		})
		.map(({ message }) => message);
}

const FROM_AI = "={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('To', ``, 'string') }}";
const CAN_WRITE_TO_ANYONE = [expect.stringContaining('can write to anyone')];
const GUARDS_NOTHING = [expect.stringContaining('guards nothing')];

test.each<[string, INode['parameters'], unknown[]]>([
	['typed recipients', { to: 'jane@example.com' }, []],
	['recipients from data', { to: '={{ $json.email }}' }, []],
	['recipients from a model', { to: FROM_AI }, CAN_WRITE_TO_ANYONE],
	[
		'recipients from a model, in a preview',
		{ to: FROM_AI, operation: 'preview' },
		CAN_WRITE_TO_ANYONE,
	],
	['another spelling', { to: '={{ $fromai ("to") }}' }, CAN_WRITE_TO_ANYONE],
	['a CC from a model', { to: 'a@x', options: { cc: FROM_AI } }, CAN_WRITE_TO_ANYONE],
	['a BCC from a model', { to: 'a@x', options: { bcc: FROM_AI } }, CAN_WRITE_TO_ANYONE],
	['a Reply To from a model', { to: 'a@x', options: { replyTo: FROM_AI } }, CAN_WRITE_TO_ANYONE],
	['an empty list', { to: FROM_AI, options: { allowedRecipients: '' } }, CAN_WRITE_TO_ANYONE],
	['a list', { to: FROM_AI, options: { allowedRecipients: 'contoso.example' } }, []],
	['a list from a model', { to: FROM_AI, options: { allowedRecipients: FROM_AI } }, GUARDS_NOTHING],
	['a subject from a model', { to: 'a@x', subject: FROM_AI }, []],
	['a check of the connection', { to: FROM_AI, operation: 'checkConnection' }, []],
])('for %s', (_, parameters, expected) => {
	expect(hintsShown(parameters)).toEqual(expected);
});
