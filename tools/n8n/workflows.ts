import { readFile } from 'node:fs/promises';
import type { Credential } from './credentials';
import type { EditorSession } from './editorSession';

export interface WorkflowNode {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string | null; name: string }>;
	/** Of a webhook; n8n listens only to those that have one. */
	webhookId?: string;
	/** n8n's setting *On Error*; the workflow stops if absent. */
	onError?: 'continueRegularOutput';
	/** n8n's *Retry On Fail*, and how long it waits, in milliseconds. */
	retryOnFail?: boolean;
	waitBetweenTries?: number;
}

/** A workflow as a file on disk, or as n8n's editor saves it. */
export interface WorkflowDefinition {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<
		string,
		{ main: Array<Array<{ node: string; type: 'main'; index: number }>> }
	>;
	settings?: Record<string, unknown>;
}

export interface SavedWorkflow {
	id: string;
	name: string;
	/** Which of its versions this is; publishing names it. */
	versionId: string;
}

export async function readWorkflow(path: string): Promise<WorkflowDefinition> {
	return JSON.parse(await readFile(path, 'utf8')) as WorkflowDefinition;
}

/** The same workflow with these credentials in every node that asks for their type. */
export function withCredentials(
	workflow: WorkflowDefinition,
	credentials: readonly Credential[],
): WorkflowDefinition {
	const known = new Map(credentials.map(({ id, name, type }) => [type, { id, name }]));
	return {
		...workflow,
		nodes: workflow.nodes.map((node) => {
			if (!node.credentials) return node;
			const linked = Object.entries(node.credentials).map(
				([type, placeholder]) => [type, known.get(type) ?? placeholder] as const,
			);
			return { ...node, credentials: Object.fromEntries(linked) };
		}),
	};
}

/** Nodes one after the other, each fed by the one before it. */
export function chain(name: string, nodes: readonly WorkflowNode[]): WorkflowDefinition {
	const pairs = nodes.slice(1).map((node, index) => [nodes[index]?.name ?? '', node.name] as const);
	return {
		name,
		nodes: [...nodes],
		connections: Object.fromEntries(
			pairs.map(([from, node]) => [from, { main: [[{ node, type: 'main', index: 0 }]] }]),
		),
		settings: { executionOrder: 'v1' },
	};
}

export async function saveWorkflow(
	session: EditorSession,
	workflow: WorkflowDefinition,
): Promise<SavedWorkflow> {
	return await session.post<SavedWorkflow>('/workflows', workflow);
}

export async function findWorkflow(
	session: EditorSession,
	name: string,
): Promise<SavedWorkflow | undefined> {
	const filter = encodeURIComponent(JSON.stringify({ name }));
	const found = await session.get<SavedWorkflow[]>(`/workflows?filter=${filter}`);
	return found.find((workflow) => workflow.name === name);
}

/** *Publish*: from now on its triggers fire, and other workflows may call it. */
export async function publishWorkflow(
	session: EditorSession,
	{ id, versionId }: SavedWorkflow,
): Promise<void> {
	await session.post(`/workflows/${id}/activate`, { versionId });
}
