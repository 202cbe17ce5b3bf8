import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { startExecution, waitForExecution, type Execution } from '../../n8n/executions';
import { saveWorkflow } from '../../n8n/workflows';
import type { LinkedOutlookAccount } from '../../n8n/outlookAccounts';
import type { Stage } from '../../n8n/stage';
import { mailRun } from '../../n8n/mailNodes';

const MAILS = 50;
const EXPIRE_AFTER = 20;
/** Milliseconds; as a Graph that is not next door. */
const LATENCY = 40;
const PATIENCE = 60_000;

/** A token that expires in the middle of a run costs one refresh and loses and doubles no mail. */
export async function checkTokenExpiry(
	{ sandbox, session }: Stage,
	{ credential, clientId }: LinkedOutlookAccount,
	keep: (execution: Execution) => void,
): Promise<string> {
	const letters = Array.from({ length: MAILS }, (_, index) => ({
		to: `hire-${index + 1}@contoso.example`,
		subject: `Letter ${index + 1} of ${MAILS}`,
		bodyType: 'text',
		body: `The token expires somewhere near this letter, number ${index + 1}.`,
	}));
	const workflow = await saveWorkflow(
		session,
		mailRun('Check: a token expires', credential, letters),
	);
	const before = {
		mails: sandbox.outbox.length,
		refreshes: sandbox.counters.tokenRefreshes,
		latencyMs: sandbox.settings.latencyMs,
	};
	sandbox.settings.latencyMs = LATENCY;
	try {
		const run = startExecution(session, workflow);
		const deadline = Date.now() + PATIENCE;
		while (sandbox.outbox.length < before.mails + EXPIRE_AFTER) {
			if (Date.now() > deadline) throw new Error('The mails do not arrive');
			await wait(2);
		}
		const accepted = sandbox.outbox.length - before.mails;
		sandbox.expireAccessTokens(clientId);
		const execution = await waitForExecution(session, await run, PATIENCE);
		keep(execution);
		assert.equal(execution.status, 'success', execution.error?.message);
		const subjects = sandbox.outbox.slice(before.mails).map(({ message }) => message.subject);
		assert.deepEqual([...subjects].sort(), letters.map(({ subject }) => subject).sort());
		const refreshes = sandbox.counters.tokenRefreshes - before.refreshes;
		assert.equal(refreshes, 1, `${refreshes} refreshes instead of one`);
		const items = execution.outputOf('Mail').map(({ json }) => json);
		assert.deepEqual(
			items.map(({ status, subject }) => [status, subject]),
			letters.map(({ subject }) => ['accepted', subject]),
		);
		return `${MAILS} mails, expired after ${accepted}, ${refreshes} refresh, ${execution.duration} ms`;
	} finally {
		sandbox.settings.latencyMs = before.latencyMs;
	}
}
