import { Checklist } from '../kit/checklist';
import { Ending } from '../kit/ending';
import { customerAccount, linkAccount } from '../n8n/outlookAccounts';
import { setStage } from '../n8n/stage';
import { passingUserFolder } from '../n8n/userFolder';
import type { Asking } from './asking';
import * as answers from './checks/answers';
import { peopleAnswer } from './checks/browser';
import { scannersDecideForTheBuiltInNode, scannersDecideNothing } from './checks/scanners';

/** Of the figures of `--all`, what every run repeats. */
const FRACTION = 20;

/**
 * `npm run ask`: questions by email in the real n8n, with people, link scanners and strangers; with
 * `-- --all` in the numbers that the documents give, with `-- --pictures` also the pictures of them.
 */
async function askEverything(
	{ all, pictures }: { all: boolean; pictures: boolean },
	ending: Ending,
	list: Checklist,
): Promise<void> {
	const folder = await passingUserFolder();
	ending.then(folder.release);
	const stage = await setStage({ userFolder: folder.path, port: undefined });
	ending.then(stage.sandbox.close);
	const account = await linkAccount(stage, customerAccount(stage.sandbox));
	const asking: Asking = { stage, account };
	const times = (count: number) => (all ? count : count / FRACTION);

	await list.check('people answer in a browser', async () => peopleAnswer(asking, pictures));
	await list.check('two people at the same moment: one answer counts', async () =>
		answers.oneOfTwoCounts(asking, times(100)),
	);
	await list.check('links of an earlier question decide nothing', async () =>
		answers.earlierLinksDecideNothing(asking),
	);
	await list.check('forged links and forms of other sites decide nothing', async () =>
		answers.foreignAnswersDecideNothing(asking),
	);
	await list.check('comments are text, and at most 5,000 characters', async () =>
		answers.commentsAreText(asking),
	);
	await list.check('a code has five tries', async () => answers.codesAreNeeded(asking));
	await list.check('the deadline passes', async () => answers.deadlinePasses(asking));
	await list.check('n8n is killed while it waits, and the question is answered once', async () =>
		answers.waitsThroughARestart(asking),
	);
	await list.check('link scanners decide nothing', async () =>
		scannersDecideNothing(asking, times(1_000)),
	);
	await list.check("for comparison: n8n's Outlook node", async () =>
		scannersDecideForTheBuiltInNode(asking, times(1_000)),
	);
}

async function main(): Promise<void> {
	const ending = new Ending();
	const list = new Checklist();
	try {
		await askEverything(
			{ all: process.argv.includes('--all'), pictures: process.argv.includes('--pictures') },
			ending,
			list,
		);
	} catch (error) {
		await list.check('the run', () => {
			throw error;
		});
	}
	await ending.exit(list.finish());
}

void main();
