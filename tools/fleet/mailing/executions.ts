import type { EditorSession } from '../../n8n/editorSession';

export interface ListedExecution {
	id: string;
	status: string;
	/** The execution that this one repeats. */
	retryOf: string | null;
	startedAt: string | null;
	stoppedAt: string | null;
}

/** The list of executions, as n8n shows it to an operator. */
export async function listExecutions(
	session: EditorSession,
	workflowId: string,
): Promise<ListedExecution[]> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const { results } = await session.get<{ results: ListedExecution[] }>(
		`/executions?filter=${filter}&limit=100`,
	);
	return results;
}
