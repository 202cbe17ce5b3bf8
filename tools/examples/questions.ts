import assert from 'node:assert/strict';
import { answer, linksIn, mailsOf, untilWaiting } from '../ask/questions';
import { readExample, type ExampleName } from '../n8n/examples';
import { startExecution, waitForExecution } from '../n8n/executions';
import type { LinkedOutlookAccount } from '../n8n/outlookAccounts';
import type { Stage } from '../n8n/stage';
import { saveWorkflow, withCredentials, type WorkflowDefinition } from '../n8n/workflows';

type Change = (workflow: WorkflowDefinition) => void;

/** What a person answers to the next question: which choice, with which comment. */
type Reply = [choice: number, comment: string] | 'nobody';

/** Runs an example with these answers, and gives the subjects and bodies of all emails but questions. */
async function play(
	{ session, sandbox }: Stage,
	{ credential }: LinkedOutlookAccount,
	name: ExampleName,
	replies: readonly Reply[],
	change: Change = () => {},
): Promise<Array<{ subject: string; body: string }>> {
	const workflow = withCredentials(await readExample(name), [credential]);
	change(workflow);
	const before = sandbox.outbox.length;
	const id = await startExecution(session, await saveWorkflow(session, workflow));
	for (const [index, reply] of replies.entries()) {
		const mail = (await mailsOf(sandbox, before + index + 1, 150_000)).at(-1)!;
		if (reply === 'nobody') continue;
		await untilWaiting(session, id);
		const [choice, comment] = reply;
		const { status, page } = await answer(linksIn(mail)[choice - 1]!, {
			choice: String(choice),
			comment,
		});
		assert.equal(status, 200, page);
	}
	const execution = await waitForExecution(session, id, 150_000);
	assert.equal(execution.status, 'success', execution.error?.message);
	return sandbox.outbox.slice(before + replies.length).map(({ message }) => ({
		subject: message.subject ?? '',
		body: message.body?.content ?? '',
	}));
}

export async function checkAccessRequest(stage: Stage, account: LinkedOutlookAccount) {
	const approved = await play(stage, account, 'access-request', [[1, '']]);
	assert.deepEqual(
		approved.map(({ subject }) => subject),
		['Give Sam Rivera access to Payroll'],
	);
	assert.match(approved[0]!.body, /Approved by megan\.bowen@contoso\.example/);
	const declined = await play(stage, account, 'access-request', [[2, 'Not in probation']]);
	assert.match(declined[0]!.body, /Reason: Not in probation/);
	const soon: Change = ({ nodes }) => {
		for (const { parameters } of nodes) {
			if (parameters.deadline) parameters.deadline = { within: { amount: 0.05, unit: 'minutes' } };
		}
	};
	const silent = await play(stage, account, 'access-request', ['nobody', 'nobody'], soon);
	assert.match(silent[0]!.subject, /^No answer: access to Payroll/);
	return 'approved, declined, reminded and escalated';
}

export async function checkTwoApprovals(stage: Stage, account: LinkedOutlookAccount) {
	const both = await play(stage, account, 'two-approvals', [
		[1, ''],
		[1, ''],
	]);
	assert.deepEqual(
		both.map(({ body }) => body),
		['Approved by megan.bowen@contoso.example, adele.vance@contoso.example.'],
	);
	const one = await play(stage, account, 'two-approvals', [
		[1, ''],
		[2, 'Too expensive'],
	]);
	assert.deepEqual(
		one.map(({ body }) => body),
		['Declined by adele.vance@contoso.example: Too expensive'],
	);
	return 'both approved; the second declined';
}

export async function checkEquipment(stage: Stage, account: LinkedOutlookAccount) {
	const [order] = await play(stage, account, 'equipment', [[2, 'Swiss keyboard']]);
	assert.equal(order?.subject, 'Equipment for Käthe Grünwald: Large laptop, 16 inches');
	assert.match(order.body, /laptop16\nWishes: Swiss keyboard/);
}

export async function checkReplyInThread(stage: Stage, account: LinkedOutlookAccount) {
	const id = stage.sandbox.receive({
		mailbox: account.mailbox,
		from: 'sam.rivera@contoso.example',
		subject: 'New laptop',
		body: '<p>My laptop is broken.</p>',
	});
	const withId: Change = ({ nodes }) => {
		nodes.find(({ name }) => name === 'Request')!.parameters.jsonOutput = JSON.stringify({ id });
	};
	const [reply, ...more] = await play(stage, account, 'reply-in-thread', [], withId);
	assert.equal(more.length, 0);
	assert.equal(reply?.subject, 'RE: New laptop');
	assert.match(reply.body, /Ticket IT-2041.*My laptop is broken/);
}
