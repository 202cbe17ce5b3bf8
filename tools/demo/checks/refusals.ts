import assert from 'node:assert/strict';
import { CONNECTION_REFUSALS } from '#node/account/connectionRules';
import { authorizeUrlOf, saveCredential, type CredentialEntry } from '../../n8n/credentials';
import { EditorRefusal } from '../../n8n/editorSession';
import { execute, type Execution } from '../../n8n/executions';
import { saveWorkflow } from '../../n8n/workflows';
import { customCloud, customerAccount, type LinkedOutlookAccount } from '../../n8n/outlookAccounts';
import { provision } from '../../n8n/provisioning';
import { roboMqOverwrites } from '#sandbox/linking';
import type { Stage } from '../../n8n/stage';
import { mailRun } from '../../n8n/mailNodes';

type Keep = (execution: Execution) => void;

const LETTER = {
	to: 'nobody@contoso.example',
	subject: 'Never sent',
	bodyType: 'text',
	body: 'A refused credential must not let this letter go.',
};

/** A tenant ID that cannot be one is refused before anybody signs in. */
export async function checkInvalidTenant(stage: Stage, keep: Keep): Promise<string> {
	const { data, type } = customerAccount(stage.sandbox);
	return await requireRefusal(
		stage,
		{ name: 'Invalid tenant', type, data: { ...data, tenantId: 'contoso' } },
		'tenantId',
		keep,
	);
}

/** A token never travels to a host that is no https origin. */
export async function checkInvalidHost(stage: Stage, keep: Keep): Promise<string> {
	const { data, type } = customerAccount(stage.sandbox);
	const loginHost = 'http://login.example';
	return await requireRefusal(
		stage,
		{ name: 'Invalid host', type, data: { ...data, ...customCloud(stage.sandbox), loginHost } },
		'loginHost',
		keep,
	);
}

/** Without the operator's overwrites, both n8n's dialog and the node say whom to ask. */
export async function checkUnprovisioned(
	stage: Stage,
	linked: LinkedOutlookAccount,
	keep: Keep,
): Promise<string> {
	await provision(stage.n8n, { roboMqOutlookOAuth2Api: {} });
	try {
		const entry = { name: 'Not provisioned', type: linked.type, data: {} };
		return await requireRefusal(stage, entry, 'provisioning', keep);
	} finally {
		await provision(stage.n8n, roboMqOverwrites(stage.sandbox));
	}
}

async function requireRefusal(
	{ session, sandbox }: Stage,
	entry: CredentialEntry,
	field: keyof typeof CONNECTION_REFUSALS,
	keep: Keep,
): Promise<string> {
	const { scheme, cause } = CONNECTION_REFUSALS[field];
	const before = { mails: sandbox.outbox.length, requests: sandbox.requests.length };
	const credential = await saveCredential(session, entry);

	const dialog = await refusalOf(async () => await authorizeUrlOf(session, credential));
	assert.ok(dialog.includes(scheme), `the dialog says: ${dialog}`);

	const workflow = await saveWorkflow(
		session,
		mailRun(`Check: ${entry.name}`, credential, [LETTER]),
	);
	const execution = await execute(session, workflow);
	keep(execution);
	assert.equal(execution.status, 'error');
	const said = execution.error?.message ?? '';
	assert.ok(said.includes(cause), `the node says: ${said}`);
	assert.equal(sandbox.outbox.length, before.mails, 'a mail left');
	assert.equal(sandbox.requests.length, before.requests, 'a request reached the sandbox');
	return `dialog: "${dialog}"; node: "${said}"`;
}

async function refusalOf(request: () => Promise<unknown>): Promise<string> {
	try {
		await request();
	} catch (error) {
		if (error instanceof EditorRefusal) return error.message;
		throw error;
	}
	throw new Error('n8n did not refuse');
}
