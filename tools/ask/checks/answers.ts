import assert from 'node:assert/strict';
import { PAGE_HEADERS } from '#node/ask/respond';
import { inParallel } from '../../kit/inParallel';
import { startExecution, waitForExecution } from '../../n8n/executions';
import { node } from '../../n8n/mailNodes';
import { saveWorkflow, type WorkflowDefinition } from '../../n8n/workflows';
import {
	answer,
	linksIn,
	mailsOfExecution,
	open,
	questionRun,
	QUESTION_NODE,
	untilWaiting,
} from '../questions';
import { ask, TWO, type Asking } from '../asking';

/** How many questions are asked at once; both answers to one are always posted together. */
const SIMULTANEOUS = 3;

/**
 * Two people post at the same moment: one counts, the other reads who answered. An answer that reaches
 * n8n when it has begun to resume the execution is refused by n8n itself.
 */
export async function oneOfTwoCounts(asking: Asking, rounds: number) {
	const firsts = [0, 0];
	let refusedByHost = 0;
	await inParallel(rounds, SIMULTANEOUS, 'Two people at once', async () => {
		const { links, outcome } = await ask(asking, TWO, 2);
		const answers = await Promise.all([
			answer(links[0]![0]!, { choice: '1' }),
			answer(links[1]![1]!, { choice: '2' }),
		]);
		const recorded = answers.map(({ page }) => page.includes('your answer is recorded'));
		assert.equal(recorded.filter(Boolean).length, 1);
		const winner = recorded.indexOf(true);
		firsts[winner]! += 1;
		const { status, responder } = await outcome();
		assert.equal(status, ['approved', 'declined'][winner]);
		assert.equal(
			(responder as { email: string }).email,
			['ann', 'bob'][winner] + '@contoso.example',
		);
		const { page } = answers[1 - winner]!;
		if (/is running already|No action required/.test(page)) refusedByHost += 1;
		else
			assert.match(
				page,
				[/Ann answered: Approve/, /bob@contoso.example answered: Decline/][winner]!,
			);
	});
	const told = rounds - refusedByHost;
	return `${rounds} questions, one answer each: ${firsts[0]} from the one, ${firsts[1]} from the other; ${told} read who answered, n8n refused ${refusedByHost}`;
}

/** A link of another question decides nothing, also in a loop and after a deadline. */
export async function earlierLinksDecideNothing(asking: Asking) {
	assert.deepEqual(await askTwice(asking, 'answered'), ['approved', 'declined']);
	assert.deepEqual(await askTwice(asking, 'notAnswered'), ['noAnswer', 'declined']);
	return 'the first one answered, and without an answer';
}

/** Two questions in a loop: the first link is posted during the second. */
async function askTwice({ stage, account }: Asking, first: 'answered' | 'notAnswered') {
	const minutes = first === 'answered' ? 10 : 0.05;
	const run = questionRun(`Two in a loop, the first ${first}`, account.credential, {
		deadline: { within: { amount: '={{ $json.minutes }}', unit: 'minutes' } },
	});
	const workflow = loopOf(run, [
		{ name: 'Sam', system: 'Payroll', minutes },
		{ name: 'Kim', system: 'CRM', minutes: 10 },
	]);
	const id = await startExecution(stage.session, await saveWorkflow(stage.session, workflow));
	const [earlier] = await mailsOfExecution(stage.sandbox, id, 1);
	if (first === 'answered') {
		await untilWaiting(stage.session, id);
		assert.equal((await answer(linksIn(earlier!)[0]!, { choice: '1' })).status, 200);
	}
	const [, later] = await mailsOfExecution(stage.sandbox, id, 2);
	await untilWaiting(stage.session, id);
	for (const link of linksIn(earlier!)) {
		const { status, page } = await answer(link, { choice: '1', comment: 'x' });
		assert.equal(status, 410);
		assert.match(page, /This link is no longer valid/);
		assert.equal((await open(link)).status, 410);
	}
	const last = await answer(linksIn(later!)[1]!, { choice: '2', comment: 'Second' });
	assert.equal(last.status, 200);
	const { outputOf } = await waitForExecution(stage.session, id);
	return outputOf(QUESTION_NODE)
		.slice(-2)
		.map(({ json }) => json.status);
}

/** *Loop Over Items* around the question. */
function loopOf(run: WorkflowDefinition, requests: readonly object[]): WorkflowDefinition {
	const items = node(2, 'Request', 'n8n-nodes-base.set', 3.4, {
		mode: 'raw',
		jsonOutput: JSON.stringify({ requests }),
		options: {},
	});
	const split = node(5, 'Requests', 'n8n-nodes-base.splitOut', 1, {
		fieldToSplitOut: 'requests',
		options: {},
	});
	const loop = node(6, 'Loop', 'n8n-nodes-base.splitInBatches', 3, { options: {} });
	const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];
	return {
		...run,
		nodes: [...run.nodes.map((one) => (one.name === 'Request' ? items : one)), split, loop],
		connections: {
			Start: { main: [to('Request')] },
			Request: { main: [to('Requests')] },
			Requests: { main: [to('Loop')] },
			Loop: { main: [to('Then'), to(QUESTION_NODE)] },
			[QUESTION_NODE]: { main: [to('Loop')] },
		},
	};
}

/** Forged, changed, foreign and unsigned links, and forms of other sites. */
export async function foreignAnswersDecideNothing(asking: Asking) {
	const { links, id, outcome } = await ask(asking, TWO, 2);
	const other = await ask(asking, TWO, 2);
	const good = new URL(links[0]![0]!);
	requireSafeHeaders((await open(good.href)).headers);
	const changed = (change: (url: URL) => void) => {
		const url = new URL(good);
		change(url);
		return url.href;
	};
	const forged = [
		changed((url) => url.searchParams.set('person', '2')),
		changed((url) => url.searchParams.set('choice', '2')),
		changed((url) => url.searchParams.set('extra', '1')),
		changed((url) => url.searchParams.delete('signature')),
		changed((url) => url.searchParams.set('signature', '0'.repeat(64))),
		changed((url) => {
			url.pathname = new URL(other.links[0]![0]!).pathname;
		}),
	];
	for (const url of forged) {
		assert.equal((await open(url)).status, 401);
		assert.equal((await answer(url, { choice: '1' })).status, 401);
	}
	const elsewhere: Array<Record<string, string>> = [
		{ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
		{ origin: 'null', 'sec-fetch-site': 'cross-site' },
	];
	for (const headers of elsewhere) {
		const { status, headers: answered } = await answer(good.href, { choice: '1' }, headers);
		assert.equal(status, 403);
		assert.equal(answered.get('access-control-allow-origin'), null);
	}
	const { status } = await asking.stage.session.get<{ status: string }>(`/executions/${id}`);
	assert.equal(status, 'waiting');
	assert.equal((await answer(good.href, { choice: '1' })).status, 200);
	assert.equal((await outcome()).status, 'approved');
	// Replayed after the end, also with another choice.
	const replayed = await answer(good.href, { choice: '2' });
	assert.ok([200, 409].includes(replayed.status));
	assert.equal((await outcome()).status, 'approved');
	return `${forged.length} forged links, ${elsewhere.length} forms of other sites`;
}

/** n8n adds headers of its own to what a webhook answers: ours must be the ones that count. */
function requireSafeHeaders(headers: Headers): void {
	for (const [name, value] of Object.entries(PAGE_HEADERS)) assert.equal(headers.get(name), value);
	assert.equal(headers.get('access-control-allow-origin'), null);
	assert.equal(headers.get('set-cookie'), null);
}

/** What people can write crosses as text, and too much of it does not cross. */
export async function commentsAreText(asking: Asking) {
	const { links, outcome } = await ask(asking, { requireComment: 'always' });
	const [approve] = links[0]!;
	const large = await answer(approve!, { choice: '1', comment: 'x'.repeat(1024 * 1024) });
	assert.equal(large.status, 422);
	assert.ok(large.page.length < 50_000);
	const comment =
		'<img src=x onerror=alert(1)> =HYPERLINK("http://evil.example") {{ $json.name }} \u202egnp.exe';
	const { status, page } = await answer(approve!, { choice: '1', comment });
	assert.equal(status, 200);
	assert.ok(!page.includes('<img'));
	assert.equal((await outcome()).comment, comment.replace('\u202e', ''));
}

/** Six digits from the email, five tries. */
export async function codesAreNeeded(asking: Asking) {
	const { links, code, outcome } = await ask(asking, { confirmation: 'code' });
	const [approve] = links[0]!;
	const wrong = code === '123456' ? '654321' : '123456';
	assert.equal((await answer(approve!, { choice: '1' })).status, 422);
	assert.match((await answer(approve!, { choice: '1', code: wrong })).page, /4 tries are left/);
	assert.equal((await answer(approve!, { choice: '1', code: code! })).status, 200);
	assert.deepEqual((await outcome()).responder, {
		email: 'manager@contoso.example',
		verifiedBy: 'code',
	});
	const locked = await ask(asking, { confirmation: 'code' });
	const guesses = await Promise.all(
		Array.from({ length: 20 }, async (_, guess) =>
			answer(locked.links[0]![0]!, {
				choice: '1',
				code: String(guess + (Number(locked.code) > 500_000 ? 1_000 : 900_000)).padStart(6, '0'),
			}),
		),
	);
	assert.equal(guesses.filter(({ status }) => status === 422).length, 4);
	const late = await answer(locked.links[0]![0]!, { choice: '1', code: locked.code! });
	assert.equal(late.status, 403);
	assert.match(late.page, /This link is locked/);
	return '20 guesses at once: 5 tries, then locked, also for the right code';
}

/** At the deadline the workflow goes on, and the link decides nothing any more. */
export async function deadlinePasses(asking: Asking): Promise<void> {
	const { links, outcome } = await ask(asking, {
		deadline: { within: { amount: 0.05, unit: 'minutes' } },
	});
	const { status, approved, asked } = await outcome();
	assert.deepEqual([status, approved], ['noAnswer', null]);
	assert.equal((asked as Array<{ status: string }>)[0]?.status, 'accepted');
	assert.match((await answer(links[0]![0]!, { choice: '1' })).page, /No action required/i);
}
