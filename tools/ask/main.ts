import { Checklist } from '../kit/checklist';
import type { Ending } from '../kit/ending';
import { freePort } from '../kit/ports';
import { customerAccount, linkAccount } from '../n8n/outlookAccounts';
import { setStage } from '../n8n/stage';
import { passingUserFolder } from '../n8n/userFolder';
import type { Asking } from './asking';
import { pagesAreAccessible } from './checks/accessibility';
import { agentAsks } from './checks/agent';
import * as answers from './checks/answers';
import { peopleAnswer } from './checks/browser';
import { answersAfterAKilledClaim, waitsThroughARestart } from './checks/kills';
import { scannersDecideForTheBuiltInNode, scannersDecideNothing } from './checks/scanners';
import { askInQueueMode } from './queue';

/** Of the figures of `--all`, what every run repeats. */
const FRACTION = 20;

export interface AskArguments {
	/** In the numbers that docs/questions.md gives, instead of a twentieth. */
	all: boolean;
	/** In n8n's queue mode, which needs Redis and PostgreSQL. */
	queue: boolean;
	/** Only the checks whose claim contains this. */
	only: string;
	/** Takes the pictures of docs/images anew. */
	updateDocs: boolean;
}

/** Asks questions by email in a real n8n, and answers them as people, link scanners and strangers do. */
export async function askEverything(
	{ all, queue, only, updateDocs }: AskArguments,
	ending: Ending,
): Promise<Checklist> {
	if (queue) return await askInQueueMode(all ? 100 : 100 / FRACTION, ending);
	const folder = await passingUserFolder();
	ending.then(folder.release);
	const stage = await setStage({ userFolder: folder.path, port: await freePort() });
	ending.then(stage.sandbox.close);
	const account = await linkAccount(stage, customerAccount(stage.sandbox));
	const asking: Asking = { stage, account };
	const times = (count: number) => (all ? count : count / FRACTION);
	const checks: ReadonlyArray<readonly [claim: string, check: () => Promise<string | void>]> = [
		['people answer in a browser', async () => await peopleAnswer(asking, updateDocs)],
		['pages and emails are accessible', pagesAreAccessible],
		['an AI agent asks a person and corrects itself', async () => await agentAsks(asking)],
		[
			'two people at the same moment: one answer counts',
			async () => await answers.oneOfTwoCounts(asking, times(100)),
		],
		[
			'links of an earlier question decide nothing',
			async () => await answers.earlierLinksDecideNothing(asking),
		],
		[
			'forged links and forms of other sites decide nothing',
			async () => await answers.foreignAnswersDecideNothing(asking),
		],
		[
			'comments are text, and at most 5,000 characters',
			async () => await answers.commentsAreText(asking),
		],
		['a code has five tries', async () => await answers.codesAreNeeded(asking)],
		['the deadline passes', async () => await answers.deadlinePasses(asking)],
		[
			'n8n is killed while it waits, and the question is answered once',
			async () => await waitsThroughARestart(asking),
		],
		[
			'n8n is killed after an answer was claimed: after 30 seconds an answer counts again, once',
			async () => await answersAfterAKilledClaim(asking),
		],
		['link scanners decide nothing', async () => await scannersDecideNothing(asking, times(1_000))],
		[
			"for comparison, the same link scanners at n8n's Outlook node",
			async () => await scannersDecideForTheBuiltInNode(asking, all ? 100 : 10),
		],
	];
	const list = new Checklist();
	for (const [claim, check] of checks) if (claim.includes(only)) await list.check(claim, check);
	return list;
}
