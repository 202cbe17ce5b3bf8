import 'reflect-metadata';
import { WorkflowExecute } from 'n8n-core';
import {
	NodeConnectionTypes,
	Workflow,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeProperties,
	type INodeType,
	type INodeTypes,
} from 'n8n-workflow';
import { SendOutlookMail } from '#node/SendOutlookMail.node';
import { installDeduplicationStore } from '#tools/engine/deduplicationStore';
import { hostOf } from '#tools/engine/runWorkflow';
import { linkedForTests } from './linkedForTests';

/** A tool as an agent sees it. */
interface Tool {
	name: string;
	description: string;
	schema: {
		shape: Record<string, { description?: string }>;
		safeParse(args: unknown): { success: boolean };
	};
	invoke(args: IDataObject): Promise<string>;
}

/** n8n makes a tool of a node that says `usableAsTool` (its cli, tool-generation/ai-tools). */
class SendOutlookMailTool extends SendOutlookMail {
	constructor() {
		super();
		this.description = {
			...this.description,
			name: 'sendOutlookMailTool',
			inputs: [],
			outputs: [NodeConnectionTypes.AiTool],
		};
	}

	override async execute(this: IExecuteFunctions) {
		const addExecutionHints: IExecuteFunctions['addExecutionHints'] = (...hints) => {
			executionHints.push(...hints.map(({ message }) => message));
		};
		const context = Object.create(this, { addExecutionHints: { value: addExecutionHints } });
		return await new SendOutlookMail().execute.call(context as IExecuteFunctions);
	}
}

/** n8n keeps those of a tool to itself. */
const executionHints: string[] = [];

/** What n8n's editor writes when a designer lets the model fill a field: name and description. */
const fromAi = ({ displayName, description }: INodeProperties) =>
	`={{ $fromAI('${displayName.replaceAll(' ', '_')}', \`${description ?? ''}\`, 'string') }}`;

const FILLED_BY_MODEL = ['to', 'subject', 'body'];
const OPTIONS_FILLED_BY_MODEL = ['cc', 'replyTo', 'importance'];

function toolNode(
	properties: readonly INodeProperties[],
	more: INode['parameters'],
): Pick<INode, 'parameters'> {
	const all = (list: readonly INodeProperties[], names: readonly string[]) =>
		Object.fromEntries(
			list.filter(({ name }) => names.includes(name)).map((field) => [field.name, fromAi(field)]),
		);
	const options = properties.find(({ name }) => name === 'options')?.options as INodeProperties[];
	return {
		parameters: {
			application: 'customer',
			operation: 'send',
			descriptionType: 'auto',
			...all(properties, FILLED_BY_MODEL),
			options: { ...all(options, OPTIONS_FILLED_BY_MODEL), ...more },
		},
	};
}

const linked = linkedForTests();

beforeAll(async () => void (await installDeduplicationStore()));
beforeEach(() => {
	executionHints.length = 0;
});

/** Runs an agent that is given the tool and does with it what the test says. */
async function withTool(
	work: (tool: Tool, sameToolAgain: Tool) => Promise<unknown>,
	options: INode['parameters'] = {},
	settings: Partial<INode> = {},
): Promise<void> {
	const agent: INodeType = {
		description: {
			displayName: 'Agent',
			name: 'agent',
			group: ['transform'],
			version: 1,
			description: '',
			defaults: { name: 'Agent' },
			inputs: [NodeConnectionTypes.Main, { type: NodeConnectionTypes.AiTool }],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		async execute(this: IExecuteFunctions) {
			const tools = async () =>
				(await this.getInputConnectionData(NodeConnectionTypes.AiTool, 0)) as Tool[];
			// n8n numbers the runs of a tool anew each time that it hands it over.
			await work((await tools())[0]!, (await tools())[0]!);
			return [[]];
		},
	};
	const tool = new SendOutlookMailTool();
	const types: Record<string, INodeType> = { agent, sendOutlookMailTool: tool };
	const place = { typeVersion: 1, position: [0, 0] as [number, number] };
	const nodes: INode[] = [
		{ ...place, id: 'agent', name: 'Agent', type: 'agent', parameters: {} },
		{
			...place,
			id: 'tool',
			name: 'Send Outlook Mail',
			type: 'sendOutlookMailTool',
			credentials: { customerOutlookOAuth2Api: linked.credentials.customer },
			...toolNode(tool.description.properties, options),
			...settings,
		},
	];
	const workflow = new Workflow({
		id: 'workflow-1',
		nodes,
		connections: {
			'Send Outlook Mail': {
				ai_tool: [[{ node: 'Agent', type: NodeConnectionTypes.AiTool, index: 0 }]],
			},
		},
		active: false,
		nodeTypes: {
			getByName: (type) => types[type]!,
			getByNameAndVersion: (type) => types[type]!,
			getKnownTypes: () => ({}),
		} satisfies INodeTypes,
		settings: { timezone: 'Europe/Berlin' },
	});
	const run = await new WorkflowExecute(hostOf(linked.store), 'manual').run({
		workflow,
		startNode: nodes[0]!,
	});
	if (run.data.resultData.error) throw run.data.resultData.error;
}

test('the tool says what it does, and each of its arguments what it is', async () => {
	await withTool(async ({ description, schema }) => {
		expect(description).toBe('Send email from a linked Outlook mailbox');
		expect(Object.keys(schema.shape).sort()).toEqual(
			['To', 'Subject', 'Body', 'CC', 'Reply_To', 'Importance'].sort(),
		);
		for (const [name, argument] of Object.entries(schema.shape)) {
			expect([name, argument.description]).toEqual([name, expect.stringMatching(/.{10}/)]);
		}
		expect(schema.safeParse({ To: 'jane@contoso.example' }).success).toBe(false);
	});
});

const ARGUMENTS = {
	To: '["jane@contoso.example", "\\"Doe, Sam\\" <sam@contoso.example>"]',
	Subject: 'Welcome',
	Body: 'Hello **Jane**',

	CC: '',
	Reply_To: 'hr@contoso.example',
	Importance: 'high',
};

test('an agent sends a mail and is told that it was accepted', async () => {
	await withTool(async (tool) => {
		const answer = JSON.parse(await tool.invoke(ARGUMENTS)) as IDataObject[];
		expect(answer).toMatchObject([
			{
				status: 'accepted',
				to: ['jane@contoso.example', 'sam@contoso.example'],
				subject: 'Welcome',
			},
		]);
	});
	expect(linked.sandbox.outbox.map(({ message }) => message)).toEqual([
		{
			subject: 'Welcome',
			body: {
				contentType: 'html',
				content: expect.stringContaining('Hello <strong>Jane</strong>'),
			},
			toRecipients: [
				{ emailAddress: { address: 'jane@contoso.example' } },
				{ emailAddress: { address: 'sam@contoso.example', name: 'Doe, Sam' } },
			],
			replyTo: [{ emailAddress: { address: 'hr@contoso.example' } }],
			importance: 'high',
		},
	]);
});

test('two calls in one execution send two emails, also with Retry On Fail', async () => {
	await withTool(
		async (tool) => {
			for (const name of ['jane', 'sam']) {
				await tool.invoke({ ...ARGUMENTS, To: `${name}@contoso.example` });
			}
		},
		{},
		{ retryOnFail: true },
	);
	expect(
		linked.sandbox.outbox.map(({ message }) => message.toRecipients?.[0]?.emailAddress?.address),
	).toEqual(['jane@contoso.example', 'sam@contoso.example']);
});

test.each([
	['Retry On Fail', {}, { retryOnFail: true }, true],
	['Retry On Fail and a Send Once Key', { sendOnceKey: 'welcome-1' }, { retryOnFail: true }, false],
	['neither', {}, {}, false],
])('a tool with %s: the hint to keys is right', async (_name, options, settings, isExpected) => {
	await withTool(async (tool) => await tool.invoke(ARGUMENTS), options, settings);
	const hint = 'Retry On Fail runs the whole tool again';
	expect(executionHints.some((message) => message.includes(hint))).toBe(isExpected);
});

test('two calls that share a number: both emails leave', async () => {
	await withTool(
		async (tool, sameToolAgain) => {
			await tool.invoke(ARGUMENTS);
			// n8n gives it the arguments of the first call, too.
			await sameToolAgain.invoke({ ...ARGUMENTS, To: 'sam@contoso.example' });
		},
		{},
		{ retryOnFail: true },
	);
	expect(linked.sandbox.outbox).toHaveLength(2);
});

test('an agent that gives no usable address is told what to fix, and nothing leaves', async () => {
	await withTool(async (tool) => {
		await expect(tool.invoke({ ...ARGUMENTS, To: 'Jane' })).rejects.toThrow(/To, entry 1/);
	});
	expect(linked.sandbox.requests).toEqual([]);
});

test('an agent cannot write to a recipient outside the list, by any of its fields', async () => {
	const options = { allowedRecipients: 'contoso.example' };
	const attempts: Array<[IDataObject, RegExp]> = [
		[{ To: 'eve@evil.example' }, /To: The list of allowed recipients .* \(eve@evil\.example\)/],
		[{ To: 'jane@contoso.example.evil.example' }, /To: The list of allowed recipients/],
		[{ To: 'jane@contoso.example\nBcc: eve@evil.example' }, /To, entry 1: There is a line break/],
		[{ To: 'To: jane@contoso.example; Cc: eve@evil.example' }, /To, entry 1: .* header/],
		[{ CC: 'eve@evil.example' }, /CC: The list of allowed recipients/],
		[{ Reply_To: 'eve@evil.example' }, /Reply To: The list of allowed recipients/],
	];
	await withTool(async (tool) => {
		for (const [given, refusal] of attempts) {
			await expect(tool.invoke({ ...ARGUMENTS, ...given })).rejects.toThrow(refusal);
		}
	}, options);
	expect(linked.sandbox.requests).toEqual([]);
	await withTool(async (tool) => await tool.invoke(ARGUMENTS), options);
	expect(linked.sandbox.outbox).toHaveLength(1);
});

test('a tool cannot ask a person and wait: the agent reads what to use instead, and nothing leaves', async () => {
	const parameters = {
		application: 'customer',
		operation: 'sendAndWait',
		to: 'boss@contoso.example',
		subject: 'May Sam have a badge?',
		message: "={{ $fromAI('Message', ``, 'string') }}",
	};
	await withTool(
		async (tool) => {
			await expect(tool.invoke({ Message: 'Please decide.' })).rejects.toThrow(
				'A tool of an AI agent cannot wait for a person',
			);
		},
		{},
		{ parameters },
	);
	expect(linked.sandbox.requests).toEqual([]);
});

test('the editor does not offer the operation that waits to a tool', () => {
	const operation = new SendOutlookMail().description.properties.find(
		({ name }) => name === 'operation',
	);
	const hidden = (operation?.options as INodeProperties[]).filter(({ displayOptions }) =>
		displayOptions?.hide?.['@tool']?.includes(true),
	);
	expect(hidden.map((option) => (option as unknown as { value: string }).value)).toEqual([
		'sendAndWait',
	]);
});

test('every field of the node describes itself', () => {
	const fields = (list: readonly INodeProperties[]): INodeProperties[] =>
		list.flatMap((field) =>
			field.name === 'options' ? (field.options as INodeProperties[]) : [field],
		);
	const silent = fields(new SendOutlookMail().description.properties).filter(
		({ description, options }) =>
			!description && !options?.every((option) => 'description' in option),
	);
	expect(silent.map(({ name }) => name)).toEqual([]);
});
