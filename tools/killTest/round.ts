import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { openEditorSession } from '../n8n/editorSession';
import { execute, startExecution, type OutputItem } from '../n8n/executions';
import { startN8n } from '../n8n/process';
import { saveWorkflow } from '../n8n/workflows';
import type { LinkedOutlookAccount } from '../n8n/outlookAccounts';
import { provisioning } from '../n8n/provisioning';
import type { Stage } from '../n8n/stage';
import { keyedRun, lettersOf, MAIL_NODE } from './keyedRun';

const MAILS = 60;
/** How many requests the node has in flight at most. */
const LANES = 4;
const PATIENCE = 60_000;

export interface Round {
	/** The stage with the n8n that was started after the kill. */
	stage: Stage;
	/** One line for the person who watches. */
	summary: string;
}

/**
 * n8n is killed (SIGKILL) in the middle of a run of 60 mails and started again; then the same run.
 *
 * @param killAfter how many mails are accepted before the kill
 * @throws when an email was sent twice or lost, or when more are unknown than were in flight
 */
export async function playRound(
	stage: Stage,
	{ credential }: LinkedOutlookAccount,
	run: string,
	killAfter: number,
): Promise<Round> {
	const { sandbox, n8n } = stage;
	const letters = lettersOf(run, MAILS);
	const workflow = await saveWorkflow(stage.session, keyedRun(run, credential, letters));
	const before = sandbox.outbox.length;
	const delivered = () => sandbox.outbox.slice(before).map(({ message }) => message.subject ?? '');

	await startExecution(stage.session, workflow);
	const deadline = Date.now() + PATIENCE;
	while (delivered().length < killAfter) {
		if (Date.now() > deadline) throw new Error('The emails do not arrive');
		await wait(1);
	}
	await n8n.kill();
	const atKill = delivered().length;

	const { userFolder } = n8n;
	const port = Number(new URL(n8n.origin).port);
	const restarted = await startN8n({ userFolder, port, settings: provisioning(sandbox) });
	const session = await openEditorSession(restarted);
	const execution = await execute(session, workflow, PATIENCE);
	const unknown = judge(
		letters.map(({ subject }) => subject),
		delivered(),
		execution.outputOf(MAIL_NODE),
	);
	return {
		stage: { sandbox, session, n8n: restarted },
		summary: `${run}: killed after ${atKill} of ${MAILS}; none twice, none lost, ${unknown} unknown`,
	};
}

/** @returns how many are unknown */
function judge(
	subjects: readonly string[],
	delivered: readonly string[],
	items: readonly OutputItem[],
): number {
	assert.equal(items.length, subjects.length);
	assert.equal(new Set(delivered).size, delivered.length, 'an email was sent twice');
	const unknown = subjects.filter((_subject, index) => isUnknown(items[index]!));
	const lost = subjects.filter(
		(subject) => !delivered.includes(subject) && !unknown.includes(subject),
	);
	assert.deepEqual(lost, [], 'emails were lost');
	assert.ok(unknown.length <= LANES, `${unknown.length} emails are unknown`);
	const others = items.filter((item) => !isUnknown(item)).map(({ json }) => json['status']);
	for (const status of others) assert.match(String(status), /^(accepted|alreadySent)$/);
	return unknown.length;
}

function isUnknown({ json }: OutputItem): boolean {
	const details = json['details'] as { code?: string } | undefined;
	return details?.code === 'unknownOutcome';
}
