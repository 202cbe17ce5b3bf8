import { Ending } from '../kit/ending';
import { Obstacle } from '../kit/obstacle';
import { customerAccount, linkAccount } from '../n8n/outlookAccounts';
import { setStage } from '../n8n/stage';
import { passingUserFolder } from '../n8n/userFolder';
import { playRound } from './round';

const ROUNDS = 10;
/** Milliseconds; as a Graph that is not next door. */
const LATENCY = 20;

/**
 * `npm run kill-test`, or with `-- 1` for one round: n8n is killed in the middle of a run of mails
 * with a Send Once Key, started again, and runs the same once more.
 */
async function killTest(rounds: number, ending: Ending, onPassed: () => void): Promise<void> {
	const folder = await passingUserFolder();
	ending.then(folder.release);
	let stage = await setStage({ userFolder: folder.path, port: undefined });
	ending.then(stage.sandbox.close);
	stage.sandbox.settings.latencyMs = LATENCY;
	const account = await linkAccount(stage, customerAccount(stage.sandbox));
	for (let round = 1; round <= rounds; round++) {
		// Early, late and in between, by a stride that meets every phase of the four lanes.
		const killAfter = 3 + ((round * 17) % 53);
		const played = await playRound(stage, account, `Round ${round}`, killAfter);
		stage = played.stage;
		process.stdout.write(`  ok ${played.summary}\n`);
		onPassed();
	}
}

async function main(): Promise<void> {
	const ending = new Ending();
	let passed = 0;
	try {
		await killTest(Number(process.argv[2] ?? ROUNDS), ending, () => (passed += 1));
		process.stdout.write(`\n${passed} passed, 0 failed\n`);
		await ending.exit(0);
	} catch (error) {
		process.stderr.write(`\n${error instanceof Error ? error.stack : String(error)}\n`);
		if (error instanceof Obstacle && error.detail) process.stderr.write(`\n${error.detail}\n`);
		process.stdout.write(`\n${passed} passed, 1 failed\n`);
		await ending.exit(1);
	}
}

void main();
