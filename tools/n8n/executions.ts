import { createRequire } from 'node:module';
import { setTimeout as wait } from 'node:timers/promises';
import type { EditorSession } from './editorSession';
import { N8N_PROGRAM } from './install';
import type { SavedWorkflow } from './workflows';

export interface OutputItem {
	json: Record<string, unknown>;
	error?: { message: string; description?: string };
}

interface NodeRun {
	/** Milliseconds. */
	executionTime: number;
	error?: { message: string; description?: string };
	data?: { main: Array<OutputItem[] | null> };
}

export interface Execution {
	id: string;
	status: 'success' | 'error' | 'canceled' | 'crashed' | string;
	/** Why it ended, unless it succeeded. */
	error: { message: string; description?: string } | undefined;
	/** Milliseconds, by n8n's own clock. */
	duration: number;
	/** All that n8n keeps of the run, as it stores it. */
	stored: string;
	/** What came out of the first output of a node. */
	outputOf(nodeName: string): OutputItem[];
	/** How long a node ran, in milliseconds. */
	timeOf(nodeName: string): number;
}

interface StoredExecution {
	id: string;
	status: string;
	startedAt: string;
	stoppedAt: string;
	data: string;
}

interface RunData {
	resultData: {
		error?: { message: string; description?: string };
		runData: Record<string, NodeRun[]>;
	};
}

const UNFINISHED = ['new', 'running', 'waiting'];

/** What *Execute workflow* does in the editor: a run from the manual trigger. */
export async function startExecution(
	session: EditorSession,
	workflow: SavedWorkflow,
	trigger = 'Start',
): Promise<string> {
	const { executionId } = await session.post<{ executionId: string }>(
		`/workflows/${workflow.id}/run`,
		{ triggerToStartFrom: { name: trigger } },
	);
	return executionId;
}

/** @throws when the run has not ended after `patience` milliseconds */
export async function waitForExecution(
	session: EditorSession,
	id: string,
	patience = 60_000,
): Promise<Execution> {
	const deadline = Date.now() + patience;
	for (;;) {
		const execution = await session.get<StoredExecution>(`/executions/${id}`);
		if (!UNFINISHED.includes(execution.status)) return read(execution);
		if (Date.now() > deadline)
			throw new Error(`Execution ${id} is still ${execution.status} after ${patience / 1_000} s`);
		await wait(150);
	}
}

export async function execute(
	session: EditorSession,
	workflow: SavedWorkflow,
	patience?: number,
): Promise<Execution> {
	return await waitForExecution(session, await startExecution(session, workflow), patience);
}

function read({ id, status, startedAt, stoppedAt, data }: StoredExecution): Execution {
	const { resultData } = parse(data);
	return {
		id,
		status,
		error: resultData.error,
		duration: Date.parse(stoppedAt) - Date.parse(startedAt),
		stored: data,
		outputOf: (nodeName) =>
			(resultData.runData[nodeName] ?? []).flatMap((run) => run.data?.main[0] ?? []),
		timeOf: (nodeName) =>
			(resultData.runData[nodeName] ?? []).reduce((sum, run) => sum + run.executionTime, 0),
	};
}

/** n8n stores runs in the form of the `flatted` library; its own copy reads them back. */
function parse(data: string): RunData {
	const { parse: parseFlatted } = createRequire(N8N_PROGRAM)('flatted') as {
		parse(text: string): RunData;
	};
	return parseFlatted(data);
}
