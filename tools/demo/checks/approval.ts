import assert from 'node:assert/strict';
import { answer, linksIn, mailsOf, untilWaiting } from '../../ask/questions';
import { startExecution, waitForExecution, type Execution } from '../../n8n/executions';
import type { Stage } from '../../n8n/stage';
import type { SavedWorkflow } from '../../n8n/workflows';

/** Runs examples/access-request.json as the demo imported it, and approves on the page in the email. */
export async function checkApproval(
	{ sandbox, session }: Stage,
	workflow: SavedWorkflow,
	keep: (execution: Execution) => void,
): Promise<string> {
	const before = sandbox.outbox.length;
	const id = await startExecution(session, workflow);
	const question = (await mailsOf(sandbox, before + 1)).at(-1);
	assert.ok(question);
	await untilWaiting(session, id);
	const [approve] = linksIn(question);
	assert.ok(approve, 'the email has no link');
	const { status, page } = await answer(approve, { choice: '1', comment: '' });
	assert.equal(status, 200, page);

	const execution = await waitForExecution(session, id);
	keep(execution);
	assert.equal(execution.status, 'success', execution.error?.message);
	const subjects = sandbox.outbox.slice(before).map(({ message }) => message.subject);
	assert.deepEqual(subjects, [
		'Access to Payroll for Sam Rivera',
		'Give Sam Rivera access to Payroll',
	]);
	return 'asked, approved, and IT got the order';
}
