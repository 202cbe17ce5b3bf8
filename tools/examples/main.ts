import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { checkFailedFlow } from '../demo/checks/failedFlow';
import { Checklist } from '../kit/checklist';
import { requireExactMails } from '../demo/checks/exactMails';
import { checkLogoAndPdf } from '../demo/checks/logoAndPdf';
import { checkNightlyCheck } from '../demo/checks/nightlyCheck';
import { readOptions, runCommand } from '../kit/commandLine';
import type { Ending } from '../kit/ending';
import { importExample, type ExampleName } from '../n8n/examples';
import { offboardingMails, onboardingMails } from '../demo/expectedMails';
import { EXAMPLES_FOLDER } from '../kit/folders';
import { execute } from '../n8n/executions';
import {
	customerAccount,
	linkAccount,
	roboMqAccount,
	type LinkedOutlookAccount,
} from '../n8n/outlookAccounts';
import type { AcceptedMail } from '#sandbox/index';
import {
	checkAccessRequest,
	checkEquipment,
	checkReplyInThread,
	checkTwoApprovals,
} from './questions';
import { setStage, type Stage } from '../n8n/stage';
import { passingUserFolder } from '../n8n/userFolder';

interface Accounts {
	roboMq: LinkedOutlookAccount;
	customer: LinkedOutlookAccount;
}

/** Files beside the workflows: the data that they carry. */
const DATA = ['leaver.json', 'new-hires.json'];

/** How each workflow of `examples/` is run, and what must come of it. */
const RUNS: Readonly<
	Record<ExampleName, (stage: Stage, accounts: Accounts) => Promise<string | void>>
> = {
	onboarding: async (stage, accounts) =>
		await runAndCompare(stage, accounts, 'onboarding', onboardingMails(sendersOf(accounts))),
	offboarding: async (stage, accounts) =>
		await runAndCompare(stage, accounts, 'offboarding', offboardingMails(sendersOf(accounts))),
	'welcome-with-logo': async (stage, { roboMq, customer }) =>
		await checkLogoAndPdf(stage, [roboMq, customer], () => undefined),
	'nightly-check': async (stage, accounts) =>
		await checkNightlyCheck(stage, accounts, () => undefined),
	'access-request': async (stage, { roboMq }) => await checkAccessRequest(stage, roboMq),
	'two-approvals': async (stage, { roboMq }) => await checkTwoApprovals(stage, roboMq),
	equipment: async (stage, { roboMq }) => await checkEquipment(stage, roboMq),
	'reply-in-thread': async (stage, { roboMq }) => await checkReplyInThread(stage, roboMq),
	'error-workflow': async (stage, accounts) => await checkFailedFlow(stage, accounts),
};

const USAGE = `npm run examples

Imports and runs every workflow of examples/ in a real n8n, and compares the emails that left.

  --help      this text`;

/** Imports and runs every example in a real n8n, and compares what left. */
async function runExamples(ending: Ending): Promise<Checklist> {
	const folder = await passingUserFolder();
	ending.then(folder.release);
	const stage = await setStage({ userFolder: folder.path, port: undefined });
	ending.then(stage.sandbox.close);
	const accounts = {
		roboMq: await linkAccount(stage, roboMqAccount(stage.sandbox)),
		customer: await linkAccount(stage, customerAccount(stage.sandbox)),
	};
	const list = new Checklist();
	await list.check('every workflow of examples/ is run here', async () => {
		const files = (await readdir(EXAMPLES_FOLDER)).filter((name) => !DATA.includes(name));
		assert.deepEqual(
			files.sort(),
			Object.keys(RUNS)
				.map((name) => `${name}.json`)
				.sort(),
		);
	});
	for (const [name, run] of Object.entries(RUNS))
		await list.check(`examples/${name}.json`, async () => await run(stage, accounts));
	return list;
}

async function runAndCompare(
	{ session, sandbox }: Stage,
	{ roboMq, customer }: Accounts,
	name: ExampleName,
	expected: ReturnType<typeof onboardingMails>,
): Promise<string> {
	const before = sandbox.outbox.length;
	const credentials = [roboMq.credential, customer.credential];
	const execution = await execute(session, await importExample(session, name, credentials));
	assert.equal(execution.status, 'success', execution.error?.message);
	const mails = sandbox.outbox.slice(before);
	for (const { message } of mails) requireEscapedBody(message.body);
	return requireExactMails(mails, expected);
}

/** No `&` of somebody's name or team stands in an HTML body as it is. */
function requireEscapedBody(body: AcceptedMail['message']['body']): void {
	if (body?.contentType?.toLowerCase() !== 'html') return;
	assert.doesNotMatch(body.content ?? '', /&(?!amp;|lt;|gt;|quot;)/);
}

function sendersOf({ roboMq, customer }: Accounts) {
	return {
		roboMq: { mailbox: roboMq.mailbox, appId: roboMq.clientId },
		customer: { mailbox: customer.mailbox, appId: customer.clientId },
	};
}

void runCommand({
	name: 'The run of the examples',
	usage: USAGE,
	readArguments: (given) => readOptions(given, USAGE, {}),
	run: async (_given, ending) => await runExamples(ending),
});
