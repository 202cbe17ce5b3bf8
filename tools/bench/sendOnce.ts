import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Ending } from '../kit/ending';
import { keyedRun, lettersOf } from '../killTest/keyedRun';
import { execute } from '../n8n/executions';
import { saveWorkflow } from '../n8n/workflows';
import { customerAccount, linkAccount, type LinkedOutlookAccount } from '../n8n/outlookAccounts';
import { setStage, type Stage } from '../n8n/stage';
import { passingUserFolder } from '../n8n/userFolder';

const MAILS = 200;
const RUNS = 5;
const STORED_KEYS = 10_000;
const PATIENCE = 300_000;

/**
 * What a Send Once Key costs in the real n8n with its SQLite database,
 * in milliseconds a mail, against the same run without one. The fastest of some runs counts, since
 * other programs of the machine can only make a run slower.
 */
export async function run(_given: readonly string[], ending: Ending): Promise<void> {
	const folder = await passingUserFolder();
	ending.then(folder.release);
	const stage = await setStage({ userFolder: folder.path, port: undefined });
	ending.then(stage.sandbox.close);
	const account = await linkAccount(stage, customerAccount(stage.sandbox));

	for (const latencyMs of [0, 50]) {
		stage.sandbox.settings.latencyMs = latencyMs;
		const fastest = new Map<string, number>();
		// In turn, so that what else the machine does meets all of them.
		for (let run = 0; run < RUNS; run++) {
			for (const variant of VARIANTS) {
				const name = `${variant.name}, ${latencyMs} ms, run ${run}`;
				const duration = await runOnce(stage, account, name, variant);
				fastest.set(variant.name, Math.min(duration, fastest.get(variant.name) ?? Infinity));
			}
		}
		const without = fastest.get(VARIANTS[0]!.name)!;
		process.stdout.write(`\nGraph answers after ${latencyMs} ms, ${MAILS} mails, ms a mail:\n`);
		for (const [name, duration] of fastest) {
			process.stdout.write(`  ${name}: ${perMail(duration)} (+${perMail(duration - without)})\n`);
		}
	}
}

const perMail = (ms: number) => (ms / MAILS).toFixed(2);

interface Variant {
	name: string;
	options: Record<string, unknown>;
	storedKeys: number;
}

const KEY = { sendOnceKey: '={{ $json.subject }}' };

const VARIANTS: readonly Variant[] = [
	{ name: 'without a key', options: {}, storedKeys: 0 },
	{ name: 'with a key', options: KEY, storedKeys: 0 },
	{
		name: `with a key, ${STORED_KEYS} keys stored`,
		options: KEY,
		storedKeys: STORED_KEYS,
	},
];

/** @returns how long it took in milliseconds */
async function runOnce(
	stage: Stage,
	{ credential }: LinkedOutlookAccount,
	name: string,
	{ options, storedKeys }: Variant,
): Promise<number> {
	const letters = lettersOf(name, MAILS);
	const workflow = await saveWorkflow(stage.session, keyedRun(name, credential, letters, options));
	if (storedKeys > 0) storeKeys(stage.n8n.userFolder, workflow.id, storedKeys);
	const execution = await execute(stage.session, workflow, PATIENCE);
	const accepted = execution.outputOf('Mail').filter(({ json }) => json['status'] === 'accepted');
	if (accepted.length !== MAILS) throw new Error(`${accepted.length} of ${MAILS} accepted`);
	return execution.duration;
}

/** Keys of earlier runs, as n8n's de-duplication store keeps them: a row of hashes for a node. */
function storeKeys(userFolder: string, workflowId: string, keys: number): void {
	const data = Array.from({ length: keys }, () => randomUUID()).flatMap((key) =>
		[`started:${key}`, `done:${key}`].map((mark) =>
			createHash('md5').update(mark).digest('base64'),
		),
	);
	const database = new DatabaseSync(join(userFolder, '.n8n', 'database.sqlite'), {
		// n8n writes to it too, in milliseconds.
		timeout: 10_000,
	});
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
