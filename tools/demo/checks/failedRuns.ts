import assert from 'node:assert/strict';
import { importExample } from '../../n8n/examples';
import { execute, type Execution } from '../../n8n/executions';
import type { LinkedOutlookAccount } from '../../n8n/outlookAccounts';
import type { Stage } from '../../n8n/stage';

/** Graph answers 500: nobody knows whether it took the mail, so no mail is sent a second time. */
export async function checkUnknownOutcome(
	stage: Stage,
	account: LinkedOutlookAccount,
	keep: (execution: Execution) => void,
): Promise<string> {
	const { sandbox } = stage;
	const before = sandbox.requests.length;
	sandbox.faults.switchOn('error500', { operation: 'sendMail' });
	try {
		const said = await requireFailure(stage, account, keep);
		const ids = sandbox.requests.slice(before).map(({ clientRequestId }) => clientRequestId);
		assert.equal(new Set(ids).size, ids.length, 'a mail was sent again');
		return `${ids.length} requests; node: "${said}"`;
	} finally {
		await sandbox.faults.switchOff('error500');
	}
}

/** After a changed password, say, the node asks to connect the account again. */
export async function checkRevokedAccess(
	stage: Stage,
	account: LinkedOutlookAccount,
	keep: (execution: Execution) => void,
): Promise<string> {
	stage.sandbox.revokeRefreshTokens();
	stage.sandbox.expireAccessTokens();
	const said = await requireFailure(stage, account, keep);
	assert.match(said, /connect/i);
	return `node: "${said}"`;
}

/** The example with one email fails, and none leaves. It has no Send Once Key, which would decide first. */
async function requireFailure(
	{ sandbox, session }: Stage,
	account: LinkedOutlookAccount,
	keep: (execution: Execution) => void,
): Promise<string> {
	const mails = sandbox.outbox.length;
	const execution = await execute(
		session,
		await importExample(session, 'hello', [account.credential]),
	);
	keep(execution);
	assert.equal(execution.status, 'error');
	assert.equal(sandbox.outbox.length, mails, 'a mail left');
	const { message = '', description = '' } = execution.error ?? {};
	return [message, description].filter(Boolean).join(' – ');
}
