import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { CLAIM_BINDS_MS } from '#node/ask/claims';
import { openEditorSession } from '../../n8n/editorSession';
import { waitForExecution } from '../../n8n/executions';
import { startN8n } from '../../n8n/process';
import { provisioning } from '../../n8n/provisioning';
import { ask, TWO, type Asking } from '../asking';
import { answer, open, QUESTION_NODE } from '../questions';

/** n8n is killed while it waits and started again: the question is answered once. */
export async function waitsThroughARestart(asking: Asking): Promise<void> {
	const { links, id } = await ask(asking, TWO, 2);
	await asking.stage.n8n.kill();
	await restart(asking);
	assert.equal((await open(links[0]![0]!)).status, 200);
	await requireOneOfTwo(links);
	await requireOneOutput(asking, id);
}

/** How often the kill may come too early or too late. */
const ATTEMPTS = 5;

/**
 * n8n is killed after an answer has been claimed, and before n8n has resumed the execution: the claim
 * binds for 30 seconds, then the next answer counts.
 */
export async function answersAfterAKilledClaim(asking: Asking): Promise<string> {
	for (let attempt = 1; ; attempt += 1) {
		const { links, id, workflowId } = await ask(asking, TWO, 2);
		const { userFolder } = asking.stage.n8n;
		const database = new DatabaseSync(join(userFolder, '.n8n', 'database.sqlite'), {
			readOnly: true,
		});
		const rows = database.prepare('select count(*) as n from processed_data where workflowId = ?');
		const state = database.prepare('select status from execution_entity where id = ?');
		const lost = answer(links[0]![0]!, { choice: '1' }).catch(() => 'lost');
		// The first row is the attempt, the second one the claim.
		while (Number(rows.get(workflowId)?.n) < 2) await nextTurn();
		const claimedAt = Date.now();
		await asking.stage.n8n.kill();
		const isHit = (await lost) === 'lost' && state.get(id)?.status === 'waiting';
		database.close();
		await restart(asking);
		if (isHit) return await answerAgain(asking, id, links, claimedAt);
		assert.ok(attempt < ATTEMPTS, `n8n was resumed before each of ${ATTEMPTS} kills`);
	}
}

async function answerAgain(asking: Asking, id: string, links: string[][], claimedAt: number) {
	const again = Date.now() - claimedAt;
	if (again < CLAIM_BINDS_MS) {
		const { status, page } = await answer(links[1]![0]!, { choice: '1' });
		assert.equal(status, 409);
		assert.match(page, /This question was answered already/);
	}
	// A claim carries its time in steps of ten seconds.
	await wait(Math.max(claimedAt + CLAIM_BINDS_MS + 10_500 - Date.now(), 0));
	await requireOneOfTwo(links);
	await requireOneOutput(asking, id);
	const seconds = Math.round(again / 1_000);
	const early = again < CLAIM_BINDS_MS ? 'refused' : 'n8n was back';
	return `${early} ${seconds} s after the claim, then taken once`;
}

async function requireOneOfTwo(links: string[][]): Promise<void> {
	const answers = await Promise.all(
		links.slice(0, 2).map(async ([approve]) => await answer(approve!, { choice: '1' })),
	);
	assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
}

async function requireOneOutput({ stage }: Asking, id: string): Promise<void> {
	const { status, outputOf } = await waitForExecution(stage.session, id);
	assert.equal(status, 'success');
	assert.deepEqual(
		outputOf(QUESTION_NODE).map(({ json }) => json.status),
		['approved'],
	);
}

async function restart(asking: Asking): Promise<void> {
	const { n8n, sandbox } = asking.stage;
	const restarted = await startN8n({
		userFolder: n8n.userFolder,
		port: Number(new URL(n8n.origin).port),
		settings: provisioning(sandbox),
	});
	const session = await openEditorSession(restarted);
	asking.stage = { sandbox, n8n: restarted, session };
}
