import assert from 'node:assert/strict';
import { AADSTS_ERRORS } from '../../nodes/SendOutlookMail/outcome/aadstsErrors';
import { GRAPH_ERRORS } from '../../nodes/SendOutlookMail/outcome/graphErrors';
import { execute, type Execution } from '../n8n/executions';
import { saveWorkflow, type SavedWorkflow } from '../n8n/workflows';
import type { LinkedOutlookAccount } from '../outlookAccounts';
import type { Stage } from '../stage';
import { mailRun } from './mailNodes';

const LETTER = { to: 'hire-1@contoso.example', subject: 'Explained', body: 'Never sent.' };

/** These are waited out or answered by a new token before anyone has to read of them. */
const HANDLED = ['ApplicationThrottled', 'TooManyRequests', 'InvalidAuthenticationToken'];

/** Each refusal of Entra ID and of Graph shows its cause and its remedy in n8n's error panel. */
export async function checkExplanations(
	stage: Stage,
	{ credential, clientId }: LinkedOutlookAccount,
	keep: (execution: Execution) => void,
): Promise<string> {
	const { sandbox, session } = stage;
	const workflow = await saveWorkflow(
		session,
		mailRun('Check: explanations', credential, [LETTER]),
	);
	const mails = sandbox.outbox.length;
	const refusals = Object.entries(AADSTS_ERRORS).filter(([, { mender }]) => mender !== 'nobody');
	for (const [code, row] of refusals) {
		sandbox.expireAccessTokens(clientId);
		sandbox.faults.switchOn('anyAadsts', { code: Number(code) });
		await requireWords(stage, workflow, row, keep);
	}
	await sandbox.faults.switchOff('anyAadsts');
	const codes = Object.entries(GRAPH_ERRORS).filter(([code]) => !HANDLED.includes(code));
	for (const [code, row] of codes) {
		const body = JSON.stringify({ error: { code, message: 'As Microsoft puts it.' } });
		sandbox.faults.switchOn('custom', { status: 400, body, operation: 'sendMail' });
		await requireWords(stage, workflow, row, keep);
	}
	await sandbox.faults.switchOff('custom');
	assert.equal(sandbox.outbox.length, mails, 'a mail left');
	return `${refusals.length} of Entra ID, ${codes.length} of Graph`;
}

async function requireWords(
	{ session }: Stage,
	workflow: SavedWorkflow,
	{ message, remedy }: { message: string; remedy: string },
	keep: (execution: Execution) => void,
): Promise<void> {
	const execution = await execute(session, workflow);
	keep(execution);
	assert.equal(execution.error?.message, message);
	// n8n shows the description as HTML.
	const shown = (execution.error?.description ?? '')
		.replaceAll('&#62;', '>')
		.replaceAll('&#38;', '&');
	assert.ok(shown.includes(remedy), `"${remedy}" is not shown, but "${shown}"`);
}
