import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { importExample } from '../../n8n/examples';
import { NODE_TYPE } from '../../n8n/packagedNode';
import { callWebhook } from '../../n8n/webhook';
import { chain, publishWorkflow, saveWorkflow, type WorkflowDefinition } from '../../n8n/workflows';
import {
	linkAccount,
	otherTenantAccount,
	type LinkedOutlookAccount,
} from '../../n8n/outlookAccounts';
import type { Stage } from '../../n8n/stage';
import { node } from '../../n8n/mailNodes';

const PATIENCE = 20_000;

/** Failures of a flow, and who can fix them according to examples/error-workflow.json. */
const FAILURES = [
	{ path: 'failing-input', to: 'not an address', aadsts: undefined, tells: 'pradeep.gupta' },
	{ path: 'failing-secret', to: 'jane@contoso.example', aadsts: 7000222, tells: 'nestor.wilke' },
	{ path: 'failing-policy', to: 'jane@contoso.example', aadsts: 53003, tells: 'lee.gu' },
	{ path: 'failing-clock', to: 'jane@contoso.example', aadsts: 700024, tells: 'alex.wilber' },
] as const;

/** A flow that runs by itself fails, and the person who can fix it hears of it, once. */
export async function checkFailedFlow(
	stage: Stage,
	customer: LinkedOutlookAccount,
): Promise<string> {
	const { session, sandbox } = stage;
	// Of another application: the one that fails can't report it.
	const other = await linkAccount(stage, otherTenantAccount(sandbox));
	const errorWorkflow = await importExample(session, 'error-workflow', [other.credential]);
	await publishWorkflow(session, errorWorkflow);
	for (const { path, to, aadsts, tells } of FAILURES) {
		const flow = failingFlow(path, to, customer, errorWorkflow.id);
		await publishWorkflow(session, await saveWorkflow(session, flow));
		const before = sandbox.outbox.length;
		if (aadsts !== undefined) {
			sandbox.expireAccessTokens(customer.clientId);
			sandbox.faults.switchOn('anyAadsts', { code: aadsts, operation: 'token', times: 2 });
		}
		try {
			await callWebhook(stage.n8n.origin, path);
			const mail = await firstMailAfter(stage, before);
			const [recipient] = mail.message.toRecipients ?? [];
			assert.equal(recipient?.emailAddress?.address, `${tells}@contoso.example`);
			assert.equal(mail.message.subject, `Failed: ${flow.name}`);
			assert.match(mail.message.body?.content ?? '', /failed at "Mail"[\s\S]+The run: http/);
		} finally {
			await sandbox.faults.switchOff('anyAadsts');
		}
	}
	return `${FAILURES.length} failures`;
}

function failingFlow(
	path: string,
	to: string,
	{ credential }: LinkedOutlookAccount,
	errorWorkflow: string,
): WorkflowDefinition {
	const flow = chain(`Check: ${path}`, [
		{
			...node(1, 'Called', 'n8n-nodes-base.webhook', 2, { path, responseMode: 'onReceived' }),
			webhookId: path,
		},
		{
			...node(2, 'Mail', NODE_TYPE, 1, {
				application: 'customer',
				operation: 'send',
				to,
				subject: 'Never sent',
				bodyType: 'text',
				body: 'This flow fails.',
				options: {},
			}),
			credentials: { [credential.type]: { id: credential.id, name: credential.name } },
		},
	]);
	return { ...flow, settings: { ...flow.settings, errorWorkflow } };
}

async function firstMailAfter({ sandbox }: Stage, before: number) {
	const deadline = Date.now() + PATIENCE;
	while (sandbox.outbox.length === before) {
		if (Date.now() > deadline) throw new Error('Nobody was told');
		await wait(50);
	}
	const [mail] = sandbox.outbox.slice(before);
	assert.ok(mail);
	return mail;
}
