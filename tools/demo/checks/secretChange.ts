import assert from 'node:assert/strict';
import { execute, type Execution } from '../../n8n/executions';
import { saveWorkflow } from '../../n8n/workflows';
import type { LinkedOutlookAccount } from '../../n8n/outlookAccounts';
import { provision } from '../../n8n/provisioning';
import { roboMqOverwrites } from '#sandbox/linking';
import type { Stage } from '../../n8n/stage';
import { mailRun } from '../../n8n/mailNodes';

const NEW_SECRET = 'rmq8Q~sandbox.RoboMQ-secret-value-0002';

/**
 * The operator changes the secret of the RoboMQ application while n8n runs: a second one is made, n8n
 * is given it, the first is deleted. Before, between and after, mails go out; nobody connects again.
 */
export async function checkSecretChange(
	stage: Stage,
	{ credential, clientId }: LinkedOutlookAccount,
	keep: (execution: Execution) => void,
): Promise<string> {
	const { sandbox, session, n8n } = stage;
	const { roboMq } = sandbox.directory.apps;
	const [old] = roboMq.secrets;
	assert.ok(old);
	const letter = { to: 'jane@contoso.example', subject: 'Secret', body: 'Sent all the same.' };
	const workflow = await saveWorkflow(
		session,
		mailRun('Check: the secret changes', credential, [letter]),
	);
	const before = sandbox.outbox.length;
	const send = async (when: string) => {
		// Only a renewal asks for the secret.
		sandbox.expireAccessTokens(clientId);
		const execution = await execute(session, workflow);
		keep(execution);
		assert.equal(execution.status, 'success', `${when}: ${execution.error?.message}`);
	};

	roboMq.secrets.push({ ...old, secretId: `${old.secretId.slice(0, -1)}f`, value: NEW_SECRET });
	await send('with two secrets, n8n having the old one');
	const { roboMqOutlookOAuth2Api } = roboMqOverwrites(sandbox);
	await provision(n8n, {
		roboMqOutlookOAuth2Api: { ...roboMqOutlookOAuth2Api, clientSecret: NEW_SECRET },
	});
	await send('with two secrets, n8n having the new one');
	roboMq.secrets.shift();
	await send('with the old one deleted');

	assert.equal(sandbox.outbox.length - before, 3);
	return '3 mails, each with a renewal, no restart';
}
