import {
	createRunExecutionData,
	NodeConnectionTypes,
	Workflow,
	type INode,
	type INodeType,
	type NodeParameterValueType,
} from 'n8n-workflow';
import { paceHints } from '#node/description/paceHints';
import { SendOutlookMail } from '#node/SendOutlookMail.node';

const nodeType: INodeType = new SendOutlookMail();

/** The times in the hints that n8n's editor shows, which it computes in this very way. */
function spansShown(items: number, parameters: Record<string, NodeParameterValueType>): string[] {
	const node = (name: string, given: INode['parameters']): INode => ({
		...{ id: name, name, type: name, typeVersion: 1, position: [0, 0], parameters: given },
	});
	const workflow = new Workflow({
		nodes: [node('Items', {}), node('Mail', parameters as INode['parameters'])],
		connections: {
			Items: { main: [[{ node: 'Mail', type: NodeConnectionTypes.Main, index: 0 }]] },
		},
		active: false,
		nodeTypes: {
			getByName: () => nodeType,
			getByNameAndVersion: () => nodeType,
			getKnownTypes: () => ({}),
		},
	});
	const input = Array.from({ length: items }, () => ({ json: { pace: 30 } }));
	const run = { startTime: 0, executionTime: 0, executionIndex: 0, source: [] };
	// Until the nodes before have run, the editor knows of no items.
	const runData = items === 0 ? {} : { Items: [{ ...run, data: { main: [input] } }] };
	const runExecutionData = createRunExecutionData({ resultData: { runData } });
	// See `getNodeHints` in n8n's editor, which leaves out what cannot be computed.
	return nodeType.description
		.hints!.filter(({ displayCondition }) => {
			const shown = workflow.expression.getParameterValue(
				displayCondition!,
				runExecutionData,
				0,
				0,
				'Mail',
				input,
				'manual',
				{},
			);
			expect(typeof shown).toBe('boolean');
			return shown;
		})
		.map(({ message }) => /<b>(.*?)<\/b>/.exec(message)?.[1] ?? '');
}

const paced = (messagesPerMinute: NodeParameterValueType) => ({ options: { messagesPerMinute } });

test.each([
	[0, []],
	[1, []],
	[30, []],
	[31, ['1 to 2 minutes']],
	[60, ['1 to 2 minutes']],
	[61, ['2 to 5 minutes']],
	[200, ['5 to 10 minutes']],
	[500, ['10 to 20 minutes']],
	[800, ['20 to 30 minutes']],
	[1_500, ['30 to 60 minutes']],
	[2_000, ['1 to 2 hours']],
	[5_000, ['2 to 4 hours']],
	[10_000, ['4 to 8 hours']],
	[20_000, ['8 to 24 hours']],
	[50_000, ['more than a day']],
])('before %i items at 30 a minute, the editor says %j', (items, spans) => {
	expect(spansShown(items, paced(30))).toEqual(spans);
});

test.each([
	['without a pace', {}],
	['with a pace of 0', paced(0)],
	// n8n gives a hint the options as they were typed.
	['with a pace from an expression', paced('={{ $json.pace }}')],
	['for a preview, which sends nothing', { ...paced(30), operation: 'preview' }],
	['for a check of the connection', { ...paced(30), operation: 'checkConnection' }],
])('nothing is said %s', (_when, parameters) => {
	expect(spansShown(1_000, parameters)).toEqual([]);
});

test('hints are only for the time before the output, beside which the run has its own', () => {
	for (const hint of paceHints) {
		expect(hint).toMatchObject({ whenToDisplay: 'beforeExecution', location: 'outputPane' });
	}
});
