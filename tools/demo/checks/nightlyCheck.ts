import assert from 'node:assert/strict';
import { importExample } from '../../n8n/examples';
import { saveCredential } from '../../n8n/credentials';
import { execute, type Execution } from '../../n8n/executions';
import { customerAccount, type LinkedOutlookAccount } from '../../n8n/outlookAccounts';
import type { Stage } from '../../n8n/stage';

const DAY = 24 * 60 * 60_000;

/** Runs examples/nightly-check.json: silent when all is well, one mail when the secret expires soon. */
export async function checkNightlyCheck(
	stage: Stage,
	{ credential }: LinkedOutlookAccount,
	keep: (execution: Execution) => void,
): Promise<string> {
	const { session, sandbox } = stage;
	const workflow = await importExample(session, 'nightly-check', [credential]);
	const mailsAfter = async () => {
		const before = sandbox.outbox.length;
		const execution = await execute(session, workflow);
		keep(execution);
		assert.equal(execution.status, 'success', execution.error?.message);
		return sandbox.outbox.slice(before);
	};

	await enterEnd(stage, 61);
	assert.deepEqual(await mailsAfter(), [], 'somebody was disturbed although all is well');
	await enterEnd(stage, 30);
	const [mail, ...others] = await mailsAfter();
	assert.deepEqual(others, []);
	assert.equal(mail?.message.toRecipients?.[0]?.emailAddress?.name, 'Nestor Wilke');
	assert.equal(mail?.message.subject, 'Outlook connection: expiry');
	assert.match(mail?.message.body?.content ?? '', /client secret .* expires in 30 days/);
	return 'no mail with 61 days left, one with 30';
}

/** What the owner of the app enters as *Client Secret Expires On*; the account stays linked. */
async function enterEnd({ session, sandbox }: Stage, days: number): Promise<void> {
	const entry = customerAccount(sandbox);
	const clientSecretExpiresOn = new Date(Date.now() + days * DAY).toISOString();
	await saveCredential(session, { ...entry, data: { ...entry.data, clientSecretExpiresOn } });
}
