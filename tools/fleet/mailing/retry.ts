import { setTimeout as wait } from 'node:timers/promises';
import type { EditorSession } from '../../n8n/editorSession';
import { waitForExecution } from '../../n8n/executions';
import type { Sandbox } from '#sandbox/index';
import { listExecutions } from './executions';
import { MAIL_NODE } from './workflow';

const PATIENCE = 30_000;

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
		// n8n answers when the repetition has ended, or never when it ended before n8n listened.
		const answer = session.post(`/executions/${id}/retry`, { loadWorkflow: false });
		const refused = answer.then(async () => await new Promise<never>(() => {}));
		const repetition = await Promise.race([untilListed(session, workflowId, id), refused]);
		answer.catch(() => undefined);
		const { status, outputOf } = await waitForExecution(session, repetition);
		retries.push({
			status,
			items: outputOf(MAIL_NODE).length,
			left: outbox.length - before,
		});
	}
	return retries;
}

/** @returns the id of the execution that repeats another */
async function untilListed(
	session: EditorSession,
	workflowId: string,
	failed: string,
): Promise<string> {
	const deadline = Date.now() + PATIENCE;
	for (;;) {
		const listed = await listExecutions(session, workflowId);
		const repetition = listed.find(({ retryOf }) => retryOf === failed);
		if (repetition) return repetition.id;
		if (Date.now() > deadline) throw new Error(`n8n lists no retry of execution ${failed}`);
		await wait(100);
	}
}
