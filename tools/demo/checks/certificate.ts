import assert from 'node:assert/strict';
import { execute, type Execution } from '../../n8n/executions';
import { saveWorkflow } from '../../n8n/workflows';
import { certificateAccount, linkAccount } from '../../n8n/outlookAccounts';
import type { Stage } from '../../n8n/stage';
import { mailRun } from '../../n8n/mailNodes';

/** An app that authenticates with a certificate connects, sends, refreshes and sends again. */
export async function checkCertificate(
	stage: Stage,
	keep: (execution: Execution) => void,
): Promise<string> {
	const { sandbox, session } = stage;
	const account = await linkAccount(stage, certificateAccount(sandbox));
	const letter = {
		to: 'certificate@contoso.example',
		subject: 'Sent by an app with a certificate',
		bodyType: 'text',
		body: 'No client secret was needed for this letter.',
	};
	const workflow = await saveWorkflow(
		session,
		mailRun('Check: a certificate', account.credential, [letter]),
	);
	const before = sandbox.outbox.length;
	for (const round of ['connected', 'refreshed']) {
		const execution = await execute(session, workflow);
		keep(execution);
		assert.equal(execution.status, 'success', `${round}: ${execution.error?.message}`);
		sandbox.expireAccessTokens(account.clientId);
	}
	const mails = sandbox.outbox.slice(before);
	assert.deepEqual(
		mails.map(({ appId, message }) => [appId, message.subject]),
		[0, 1].map(() => [account.clientId, letter.subject]),
	);
	return '2 mails, a refresh between them';
}
