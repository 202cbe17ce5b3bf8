import type { EditorSession } from '../../demo/n8n/editorSession';
import { waitForExecution } from '../../demo/n8n/executions';
import type { Sandbox } from '../../sandbox';
import { listExecutions } from './executions';
import { MAIL_NODE } from './workflow';

/** What came of *Retry* in n8n's list of executions. */
export interface Retry {
	/** Of the execution that repeats the failed one. */
	status: string;
	/** Mails that the repetition tells of. */
	items: number;
	/** Mails that left. */
	left: number;
}

/** The first thing that an operator tries: *Retry* for every execution that n8n lists as failed. */
export async function retryFailed(
	session: EditorSession,
	workflowId: string,
	{ outbox }: Sandbox,
): Promise<Retry[]> {
	const failed = (await listExecutions(session, workflowId)).filter(
		({ status }) => status === 'error' || status === 'crashed',
	);
	const retries: Retry[] = [];
	for (const { id } of failed) {
		const before = outbox.length;
		await session.post(`/executions/${id}/retry`, { loadWorkflow: false });
		const listed = (await listExecutions(session, workflowId)).find(
			({ retryOf }) => retryOf === id,
		);
		if (!listed) throw new Error(`n8n lists no retry of execution ${id}`);
		const { status, outputOf } = await waitForExecution(session, listed.id);
		retries.push({
			status,
			items: outputOf(MAIL_NODE).length,
			left: outbox.length - before,
		});
	}
	return retries;
}
