import { readArguments, USAGE, type DemoArguments } from './arguments';
import { runChecks } from './checks';
import type { Checklist } from '../kit/checklist';
import { runCommand } from '../kit/commandLine';
import type { Ending } from '../kit/ending';
import { Obstacle } from '../kit/obstacle';
import { runOnboarding } from './onboarding';
import { ANY_PORT, choosePort } from '../kit/ports';
import { reportAddresses } from './report';
import { setStage } from '../n8n/stage';
import { lastingUserFolder, passingUserFolder } from '../n8n/userFolder';

const NEEDED_NODE = 24;

/** The demo from beginning to end: a person's own n8n sends welcome mails through a linked account. */
async function demo(given: DemoArguments, ending: Ending): Promise<Checklist> {
	requireNode();
	// Told at once rather than after minutes of installing.
	await choosePort(given.port);
	// Nobody types the address of an n8n that ends by itself.
	const port = given.port ?? (given.once ? ANY_PORT : undefined);
	const folder = given.once ? await passingUserFolder() : await lastingUserFolder(given.keep);
	ending.then(folder.release);

	// A check that nothing leaks is worth most where n8n writes most.
	const settings = given.once ? { N8N_LOG_LEVEL: 'debug' } : {};
	const stage = await setStage({ userFolder: folder.path, port, settings });
	ending.then(stage.sandbox.close);

	const onboarding = await runOnboarding(stage);
	if (given.once) return await runChecks(stage, onboarding);
	reportAddresses(stage, onboarding);
	ending.playing = true;
	const status = await stage.n8n.ended;
	throw new Obstacle(`n8n ended by itself with ${status}; its log is at ${stage.n8n.logPath}.`);
}

function requireNode(): void {
	const [major] = process.versions.node.split('.');
	if (Number(major) >= NEEDED_NODE) return;
	throw new Obstacle(
		`n8n needs Node ${NEEDED_NODE}, and this is ${process.versions.node}: start the demo with "npm run demo", which brings its own.`,
	);
}

void runCommand({ name: 'The demo', usage: USAGE, readArguments, run: demo });
