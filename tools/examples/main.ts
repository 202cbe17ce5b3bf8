import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { checkFailedFlow } from '../demo/checks/failedFlow';
import { Checklist } from '../kit/checklist';
import { requireExactMails } from '../demo/checks/exactMails';
import { checkLogoAndPdf } from '../demo/checks/logoAndPdf';
import { checkNightlyCheck } from '../demo/checks/nightlyCheck';
import { readOptions, runCommand } from '../kit/commandLine';
import type { Ending } from '../kit/ending';
import { EXAMPLES, importExample, type ExampleName } from '../n8n/examples';
import {
	moverMails,
	offboardingMails,
	onboardingMails,
	type MailSummary,
} from '../demo/expectedMails';
import { EXAMPLES_FOLDER } from '../kit/folders';
import { execute } from '../n8n/executions';
import {
	customerAccount,
	linkAccount,
	privilegedAccount,
	type LinkedOutlookAccount,
} from '../n8n/outlookAccounts';
import type { AcceptedMail } from '#sandbox/index';
import {
	checkAccessRequest,
	checkEquipment,
	checkReplyInThread,
	checkTwoApprovals,
} from './questions';
import { takePictures } from './pictures';
import { setStage, type Stage } from '../n8n/stage';
import { passingUserFolder } from '../n8n/userFolder';

/** How each workflow of `examples/` is run, and what must come of it. */
const RUNS: Readonly<
	Record<ExampleName, (stage: Stage, account: LinkedOutlookAccount) => Promise<string | void>>
> = {
	hello: async (stage, account) =>
		await runAndCompare(stage, account, 'hello', [
			{
				...senderOf(account),
				...ONE_EMAIL,
				to: [' <megan.bowen@contoso.example>'],
				subject: 'Hello from n8n',
			},
		]),
	onboarding: async (stage, account) =>
		await runTwice(stage, account, 'onboarding', onboardingMails(senderOf(account))),
	mover: async (stage, account) =>
		await runTwice(stage, account, 'mover', moverMails(senderOf(account))),
	offboarding: async (stage, account) =>
		await runTwice(stage, account, 'offboarding', offboardingMails(senderOf(account))),
	'welcome-with-logo': async (stage, account) =>
		await checkLogoAndPdf(stage, account, () => undefined),
	'shared-mailbox': async (stage) => await checkSharedMailbox(stage),
	'access-request': checkAccessRequest,
	'two-approvals': checkTwoApprovals,
	equipment: checkEquipment,
	'reply-in-thread': checkReplyInThread,
	'error-workflow': checkFailedFlow,
	'nightly-check': async (stage, account) =>
		await checkNightlyCheck(stage, account, () => undefined),
};

const USAGE = `npm run examples [-- options]

Imports and runs every workflow of examples/ in a real n8n, and compares the emails that left.

  --pictures  instead takes a picture of each canvas, into docs/images/examples
  --help      this text`;

/** Imports and runs every example in a real n8n, and compares what left. */
async function runExamples(pictures: boolean, ending: Ending): Promise<Checklist> {
	const folder = await passingUserFolder();
	ending.then(folder.release);
	const stage = await setStage({ userFolder: folder.path, port: undefined });
	ending.then(stage.sandbox.close);
	const list = new Checklist();
	if (pictures) {
		await list.check('pictures', async () => await takePictures(stage, ending));
		return list;
	}
	const account = await linkAccount(stage, customerAccount(stage.sandbox));
	await list.check('every workflow of examples/ is run here', async () => {
		const files = (await readdir(EXAMPLES_FOLDER)).filter((name) => name.endsWith('.json'));
		assert.deepEqual(files.sort(), EXAMPLES.map((name) => `${name}.json`).sort());
	});
	for (const name of EXAMPLES)
		await list.check(`examples/${name}.json`, async () => await RUNS[name](stage, account));
	return list;
}

async function runAndCompare(
	{ session, sandbox }: Stage,
	{ credential }: LinkedOutlookAccount,
	name: ExampleName,
	expected: readonly MailSummary[],
): Promise<string> {
	const before = sandbox.outbox.length;
	const execution = await execute(session, await importExample(session, name, [credential]));
	assert.equal(execution.status, 'success', execution.error?.message);
	const mails = sandbox.outbox.slice(before);
	for (const { message } of mails) requireEscapedBody(message.body);
	return requireExactMails(mails, expected);
}

/** A second run sends nothing: every email has a Send Once Key. */
async function runTwice(
	stage: Stage,
	account: LinkedOutlookAccount,
	name: ExampleName,
	expected: readonly MailSummary[],
): Promise<string> {
	const first = await runAndCompare(stage, account, name, expected);
	await runAndCompare(stage, account, name, []);
	return `${first}, none in a second run`;
}

/** Sent by the linked account, from the mailbox that From names. */
async function checkSharedMailbox(stage: Stage): Promise<string> {
	const account = await linkAccount(stage, privilegedAccount(stage.sandbox));
	const sent = await runAndCompare(stage, account, 'shared-mailbox', [
		{
			...senderOf(account),
			...ONE_EMAIL,
			to: [' <all.hands@contoso.example>'],
			subject: 'Office closed on Friday',
		},
	]);
	const { from } = stage.sandbox.outbox.at(-1)!.message;
	assert.equal(from?.emailAddress?.address, 'hr@contoso.example');
	return sent;
}

/** What the emails of one node have in common. */
const ONE_EMAIL = { cc: [], bodyType: 'html', files: [], deferredUntil: '' };

/** No `&` of somebody's name or team is in an HTML body as it is. */
function requireEscapedBody(body: AcceptedMail['message']['body']): void {
	if (body?.contentType?.toLowerCase() !== 'html') return;
	assert.doesNotMatch(body.content ?? '', /&(?!amp;|lt;|gt;|quot;)/);
}

function senderOf({ mailbox, clientId }: LinkedOutlookAccount) {
	return { mailbox, appId: clientId };
}

void runCommand({
	name: 'The run of the examples',
	usage: USAGE,
	readArguments: (given) =>
		readOptions(given, USAGE, { pictures: { type: 'boolean', default: false } }),
	run: async ({ pictures }, ending) => await runExamples(pictures, ending),
});
