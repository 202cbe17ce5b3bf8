import { Checklist } from '../kit/checklist';
import { readNumber, readOptions, runCommand } from '../kit/commandLine';
import type { Ending } from '../kit/ending';
import { Obstacle } from '../kit/obstacle';
import { customerAccount, linkAccount } from '../n8n/outlookAccounts';
import { setStage } from '../n8n/stage';
import { passingUserFolder } from '../n8n/userFolder';
import { DATABASES, refuseKeys } from './refusedKeys';
import { playRound } from './round';

/** Milliseconds; as a Graph that is not next door. */
const LATENCY = 20;

const USAGE = `npm run kill-test [-- N]

Kills n8n in the middle of a run of emails with a Send Once Key, starts it again, and repeats the run.

  N           how often, 1 to 100; 10 without it
  --store D   instead: what becomes of a key that the database D refuses, sqlite or postgres
  --help      this text`;

function readArguments(given: readonly string[]) {
	const rounds = given.find((word) => /^\d+$/.test(word));
	const options = given.filter((word) => word !== rounds);
	const { store, help } = readOptions(options, USAGE, { store: { type: 'string' } });
	const database = DATABASES.find((name) => name === store);
	if (store !== undefined && !database) throw new Obstacle(`--store is ${DATABASES.join(' or ')}.`);
	return {
		rounds: readNumber('kill-test', rounds ?? '10', 1, 100),
		...{ database, help },
	};
}

async function killTest(
	{ rounds, database }: ReturnType<typeof readArguments>,
	ending: Ending,
): Promise<Checklist> {
	if (database) return await refuseKeys(database, ending);
	const folder = await passingUserFolder();
	ending.then(folder.release);
	let stage = await setStage({ userFolder: folder.path, port: undefined });
	ending.then(stage.sandbox.close);
	stage.sandbox.settings.latencyMs = LATENCY;
	const account = await linkAccount(stage, customerAccount(stage.sandbox));
	const list = new Checklist();
	for (let round = 1; round <= rounds; round++) {
		// Early, late and in between, by a stride that meets every phase of the four lanes.
		const killAfter = 3 + ((round * 17) % 53);
		const passed = await list.check(
			`round ${round}: n8n is killed after ${killAfter} emails; none is sent twice, none is lost`,
			async () => {
				const played = await playRound(stage, account, `Round ${round}`, killAfter);
				stage = played.stage;
				return played.summary;
			},
		);
		if (!passed) break;
	}
	return list;
}

void runCommand({ name: 'The kill test', usage: USAGE, readArguments, run: killTest });
