import { createFolder } from '../fleet/folder';
import { startPostgres } from '../fleet/stores/postgres';
import { requireStores } from '../fleet/stores/requireStores';
import { readOptions } from '../kit/commandLine';
import type { Ending } from '../kit/ending';
import { LOOPBACK } from '../kit/ports';
import { keyedRun, lettersOf } from '../killTest/keyedRun';
import { execute } from '../n8n/executions';
import { saveWorkflow } from '../n8n/workflows';
import { customerAccount, linkAccount, type LinkedOutlookAccount } from '../n8n/outlookAccounts';
import { setStage, type Stage } from '../n8n/stage';
import { passingUserFolder } from '../n8n/userFolder';
import { postgresTable, sqliteTable, type KeyTable } from './keyTable';

const MAILS = 20;
const RUNS = 20;
/** How many keys are in the table when a run begins. */
const STORED = [0, 10_000, 100_000];
const PATIENCE = 300_000;
const KEY = { sendOnceKey: '={{ $json.subject }}' };

const USAGE = `npm run bench -- send-once [options]

What a Send Once Key costs in the real n8n, with no key in its table, 10,000 and 100,000.

  --postgres    with PostgreSQL instead of SQLite
  --help        this text`;

/**
 * In milliseconds of the node for an email, against the same run without a key. The fastest of some
 * runs counts, since other programs of the machine can only make a run slower.
 */
export async function run(given: readonly string[], ending: Ending): Promise<void> {
	const { postgres } = readOptions(given, USAGE, {
		postgres: { type: 'boolean', default: false },
	});
	const { stage, table } = await (postgres ? postgresStage(ending) : sqliteStage(ending));
	ending.then(stage.sandbox.close);
	ending.then(table.close);
	const account = await linkAccount(stage, customerAccount(stage.sandbox));
	stage.sandbox.settings.latencyMs = 0;
	await runOnce(stage, account, 'warm', {});

	process.stdout.write(
		`\nGraph answers at once, ${MAILS} emails, the fastest of ${RUNS} runs, ${postgres ? 'PostgreSQL' : 'SQLite'}:\n\n| keys in the table | without a key | with a key | a key costs |\n|---:|---:|---:|---:|\n`,
	);
	let stored = 2 * MAILS;
	const filler = await saveWorkflow(stage.session, keyedRun('filler', account.credential, []));
	const before = await table.bytes();
	let filled = 0;
	for (const keys of STORED) {
		if (keys > stored) {
			await table.fill(filler.id, keys - stored);
			filled += keys - stored;
			stored = keys;
		}
		let without = Infinity;
		let withKey = Infinity;
		// In turn, so that what else the machine does meets both of them.
		for (let round = 0; round < RUNS; round++) {
			const name = `${keys} keys, run ${round}`;
			without = Math.min(without, await runOnce(stage, account, `${name}, none`, {}));
			withKey = Math.min(withKey, await runOnce(stage, account, name, KEY));
			stored += MAILS;
		}
		const cells = [keys, perMail(without), perMail(withKey), perMail(withKey - without)];
		process.stdout.write(`| ${cells.join(' | ')} |\n`);
	}
	const bytes = ((await table.bytes()) - before) / (filled + STORED.length * RUNS * MAILS);
	process.stdout.write(`\nA key takes ${Math.round(bytes)} bytes of the database.\n`);
}

const perMail = (ms: number) => `${(ms / MAILS).toFixed(2)} ms`;

async function sqliteStage(ending: Ending): Promise<{ stage: Stage; table: KeyTable }> {
	const folder = await passingUserFolder();
	ending.then(folder.release);
	const stage = await setStage({ userFolder: folder.path, port: undefined });
	return { stage, table: sqliteTable(folder.path) };
}

async function postgresStage(ending: Ending): Promise<{ stage: Stage; table: KeyTable }> {
	const programs = await requireStores();
	const room = await createFolder();
	ending.then(room.remove);
	const postgres = await startPostgres(programs, await room.room('postgres'));
	ending.then(postgres.stop);
	const folder = await passingUserFolder();
	ending.then(folder.release);
	const stage = await setStage({
		userFolder: folder.path,
		port: undefined,
		settings: {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: LOOPBACK,
			DB_POSTGRESDB_PORT: String(postgres.port),
			DB_POSTGRESDB_USER: postgres.user,
			DB_POSTGRESDB_PASSWORD: postgres.password,
			DB_POSTGRESDB_DATABASE: postgres.database,
		},
	});
	return { stage, table: await postgresTable(postgres) };
}

/** @returns how long the node took, in milliseconds */
async function runOnce(
	stage: Stage,
	{ credential }: LinkedOutlookAccount,
	name: string,
	options: Record<string, unknown>,
): Promise<number> {
	const letters = lettersOf(name, MAILS);
	const workflow = await saveWorkflow(stage.session, keyedRun(name, credential, letters, options));
	const execution = await execute(stage.session, workflow, PATIENCE);
	const accepted = execution.outputOf('Mail').filter(({ json }) => json['status'] === 'accepted');
	if (accepted.length !== MAILS) throw new Error(`${accepted.length} of ${MAILS} accepted`);
	return execution.timeOf('Mail');
}
