import 'reflect-metadata';
import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	NodeConnectionTypes,
	Workflow,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeCredentialsDetails,
	type INodeExecutionData,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { SendOutlookMail } from '#node/SendOutlookMail.node';
import type { CredentialStore } from './credentialStore';

export interface WorkflowInput {
	store: CredentialStore;
	credential?: INodeCredentialsDetails;
	/** `customer` unless a test is about the other. */
	application?: 'roboMq' | 'customer';
	parameters: IDataObject;
	items: INodeExecutionData[];
	onError?: INode['onError'];
	/** n8n's *Retry On Fail*: the engine runs the whole node up to three times. */
	retryOnFail?: boolean;
	/** How often the workflow loops through the node; once unless a test is about loops. */
	rounds?: number;
	/** Where the workflow keeps files; `separate` unless a test is about the other. */
	binaryMode?: 'separate' | 'combined';
	/** What n8n tells an execution beyond what every test needs. */
	host?: Partial<IWorkflowExecuteAdditionalData>;
	/** The node as an n8n of another age calls it; this n8n-core's if absent. */
	nodeType?: INodeType;
	/** Called with the running execution, so that a test can stop it. */
	onStart?: (execution: { cancel: () => void }) => void;
}

export interface WorkflowResult {
	items: INodeExecutionData[];
	run: IRun;
	error?: Error & { description?: string | null; context?: IDataObject; code?: string };
	hints: unknown[];
}

const CREDENTIAL_TYPES = {
	roboMq: 'roboMqOutlookOAuth2Api',
	customer: 'customerOutlookOAuth2Api',
};

/** What expressions can ask the host for; nothing listens there. */
const HOST_URLS = [
	'restApiUrl',
	'instanceBaseUrl',
	'formBaseUrl',
	'formWaitingBaseUrl',
	'formTestBaseUrl',
	'webhookBaseUrl',
	'webhookWaitingBaseUrl',
	'webhookTestBaseUrl',
	'mcpBaseUrl',
	'mcpTestBaseUrl',
];

/** Runs *Items → Send Outlook Mail* in n8n-core's own engine. */
export async function runWorkflow(input: WorkflowInput): Promise<WorkflowResult> {
	const { application = 'customer', credential, store } = input;
	const nodes: INode[] = [
		node('Items', 'items', {}),
		{
			...node('Send Outlook Mail', 'sendOutlookMail', { application, ...input.parameters }),
			...(credential ? { credentials: { [CREDENTIAL_TYPES[application]]: credential } } : {}),
			...(input.onError ? { onError: input.onError } : {}),
			...(input.retryOnFail ? { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } : {}),
		},
		node('Again', 'again', {}),
	];
	const to = (name: string) => ({
		main: [[{ node: name, type: NodeConnectionTypes.Main, index: 0 }]],
	});
	const workflow = new Workflow({
		id: 'workflow-1',
		nodes,
		connections: {
			Items: to('Send Outlook Mail'),
			...(input.rounds ? { 'Send Outlook Mail': to('Again'), Again: to('Send Outlook Mail') } : {}),
		},
		active: false,
		nodeTypes: nodeTypesFor(input),
		settings: {
			timezone: 'Europe/Berlin',
			...(input.binaryMode ? { binaryMode: input.binaryMode } : {}),
		},
	});
	const host = { ...hostOf(store), ...input.host };
	const execution = new WorkflowExecute(host, 'manual').run({
		workflow,
		startNode: nodes[0]!,
	});
	input.onStart?.({ cancel: () => execution.cancel() });
	const run = await execution;
	const taskData = run.data.resultData.runData['Send Outlook Mail']?.[0];
	const error = run.data.resultData.error ?? taskData?.error;
	return {
		items: taskData?.data?.main?.[0] ?? [],
		run,
		hints: taskData?.hints ?? [],
		...(error ? { error: error as NonNullable<WorkflowResult['error']> } : {}),
	};
}

/** All that n8n tells an execution besides its workflow. */
export function hostOf(store: CredentialStore): IWorkflowExecuteAdditionalData {
	return {
		credentialsHelper: store,
		hooks: new ExecutionLifecycleHooks('manual', 'execution-1', {} as never),
		executionId: 'execution-1',
		currentNodeExecutionIndex: 0,
		...Object.fromEntries(HOST_URLS.map((name) => [name, 'http://localhost:5678'])),
		variables: {},
		logAiEvent: () => {},
	} as unknown as IWorkflowExecuteAdditionalData;
}

function node(name: string, type: string, parameters: IDataObject): INode {
	return {
		id: name,
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters: parameters as INode['parameters'],
	};
}

function nodeTypesFor({
	items,
	rounds = 1,
	nodeType = new SendOutlookMail(),
}: WorkflowInput): INodeTypes {
	const types: Record<string, INodeType> = {
		items: nodeThat('items', () => items),
		again: nodeThat('again', (context) =>
			context.getWorkflowDataProxy(0).$runIndex + 1 < rounds ? items : [],
		),
		sendOutlookMail: nodeType,
	};
	return {
		getByName: (type) => types[type]!,
		getByNameAndVersion: (type) => types[type]!,
		getKnownTypes: () => ({}),
	};
}

function nodeThat(
	name: string,
	outputs: (context: IExecuteFunctions) => INodeExecutionData[],
): INodeType {
	const isTrigger = name === 'items';
	return {
		description: {
			displayName: name,
			name,
			group: [isTrigger ? 'trigger' : 'transform'],
			version: 1,
			description: '',
			defaults: { name },
			inputs: isTrigger ? [] : [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		async execute(this: IExecuteFunctions) {
			return [outputs(this)];
		},
	};
}
