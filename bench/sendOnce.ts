import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Ending } from '../demo/ending';
import { keyedRun, lettersOf } from '../demo/killTest/keyedRun';
import { execute } from '../demo/n8n/executions';
import { saveWorkflow } from '../demo/n8n/workflows';
import { customerAccount, linkAccount, type LinkedOutlookAccount } from '../demo/outlookAccounts';
import { setStage, type Stage } from '../demo/stage';
import { passingUserFolder } from '../demo/userFolder';

const MAILS = 200;
const RUNS = 5;
const STORED_KEYS = 10_000;
const PATIENCE = 300_000;

/**
 * `npm run bench:send-once`: what a Send Once Key costs in the real n8n with its SQLite database,
 * in milliseconds a mail, against the same run without one. The fastest of some runs counts, since
 * other programs of the machine can only make a run slower.
 */
async function bench(ending: Ending): Promise<void> {
	const folder = await passingUserFolder();
	ending.then(folder.release);
	const stage = await setStage({ userFolder: folder.path, port: undefined });
	ending.then(stage.sandbox.close);
	const account = await linkAccount(stage, customerAccount(stage.sandbox));

	for (const latencyMs of [0, 50]) {
		stage.sandbox.settings.latencyMs = latencyMs;
		const without = await fastest(stage, account, `none ${latencyMs}`, {});
		const key = { sendOnceKey: '={{ $json.subject }}' };
		const fresh = await fastest(stage, account, `fresh ${latencyMs}`, key);
		const full = await fastest(stage, account, `full ${latencyMs}`, key, STORED_KEYS);
		const perMail = (ms: number) => (ms / MAILS).toFixed(2);
		process.stdout.write(
			`\nGraph answers after ${latencyMs} ms, ${MAILS} mails, ms a mail: without a key ${perMail(without)}; with one ${perMail(fresh)}; with one and ${STORED_KEYS} stored keys ${perMail(full)} (+${perMail(full - without)})\n`,
		);
	}
}

/** @returns milliseconds of the fastest run */
async function fastest(
	stage: Stage,
	{ credential }: LinkedOutlookAccount,
	name: string,
	options: Record<string, unknown>,
	storedKeys = 0,
): Promise<number> {
	const durations: number[] = [];
	for (let run = 0; run < RUNS; run++) {
		const letters = lettersOf(`${name}, run ${run}`, MAILS);
		const workflow = await saveWorkflow(
			stage.session,
			keyedRun(`${name} ${run}`, credential, letters, options),
		);
		if (storedKeys > 0) storeKeys(stage.n8n.userFolder, workflow.id, storedKeys);
		const execution = await execute(stage.session, workflow, PATIENCE);
		const accepted = execution.outputOf('Mail').filter(({ json }) => json['status'] === 'accepted');
		if (accepted.length !== MAILS) throw new Error(`${accepted.length} of ${MAILS} accepted`);
		durations.push(execution.duration);
	}
	return Math.min(...durations);
}

/** Keys of earlier runs, as n8n's de-duplication store keeps them: a row of hashes for a node. */
function storeKeys(userFolder: string, workflowId: string, keys: number): void {
	const data = Array.from({ length: keys }, () => randomUUID()).flatMap((key) =>
		[`started:${key}`, `done:${key}`].map((mark) =>
			createHash('md5').update(mark).digest('base64'),
		),
	);
	const database = new DatabaseSync(join(userFolder, '.n8n', 'database.sqlite'));
	try {
		database
			.prepare('INSERT INTO processed_data (workflowId, context, value) VALUES (?, ?, ?)')
			.run(
				workflowId,
				'n:c0000000-0000-4000-8000-000000000004',
				JSON.stringify({ mode: 'entries', data }),
			);
	} finally {
		database.close();
	}
}

async function main(): Promise<void> {
	const ending = new Ending();
	try {
		await bench(ending);
		await ending.exit(0);
	} catch (error) {
		process.stderr.write(`\n${error instanceof Error ? error.stack : String(error)}\n`);
		await ending.exit(1);
	}
}

void main();
