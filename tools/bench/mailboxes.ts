import type { Ending } from '../kit/ending';
import { lettersOf, MAIL_NODE } from '../killTest/keyedRun';
import { execute, type Execution } from '../n8n/executions';
import { mailRun, node } from '../n8n/mailNodes';
import { customerAccount, linkAccount, type LinkedOutlookAccount } from '../n8n/outlookAccounts';
import { setStage, type Stage } from '../n8n/stage';
import { passingUserFolder } from '../n8n/userFolder';
import { chain, saveWorkflow } from '../n8n/workflows';

const ROUNDS = 7;
const MAILBOXES = 5;
const PATIENCE = 300_000;
const FLOOR = 'Same Expressions';

/**
 * How close runs come to what Graph allows, in the real n8n: few emails, many emails, several mailboxes
 * at once. The fastest of some runs counts, since other programs of the machine can only slow it down.
 */
export async function run(_given: readonly string[], ending: Ending): Promise<void> {
	const folder = await passingUserFolder();
	ending.then(folder.release);
	const stage = await setStage({ userFolder: folder.path, port: undefined });
	ending.then(stage.sandbox.close);
	const accounts: LinkedOutlookAccount[] = [];
	for (let number = 1; number <= MAILBOXES; number++) {
		const account = { ...customerAccount(stage.sandbox), name: `Mailbox ${number}` };
		accounts.push(await linkAccount(stage, account));
	}
	const [first] = accounts as [LinkedOutlookAccount];
	// The accounts are of one mailbox of the stand-in, which serves as many as five would.
	stage.sandbox.settings.concurrencyLimit = 4 * MAILBOXES;
	const time = async (mails: number) => (await send(stage, first, mails)).timeOf(MAIL_NODE);
	await time(20);

	stage.sandbox.settings.latencyMs = 200;
	const one = await fastest(async () => await time(1));
	const four = await fastest(async () => await time(4));
	say('4 emails at 200 ms, in times of one email', four / one);

	const alone = await fastest(async () => await time(40));
	const together = await fastest(async () => {
		const runs = accounts.map(async (account) => await send(stage, account, 40));
		return Math.max(...(await Promise.all(runs)).map((run) => run.timeOf(MAIL_NODE)));
	});
	say(`${MAILBOXES} mailboxes with 40 emails each at 200 ms, in times of one`, together / alone);

	for (const latencyMs of [50, 200]) {
		stage.sandbox.settings.latencyMs = latencyMs;
		let floor = Infinity;
		const mail = await fastest(async () => {
			const run = await send(stage, first, 200);
			floor = Math.min(floor, run.timeOf(FLOOR));
			return run.timeOf(MAIL_NODE);
		});
		const times = (mail - floor) / (50 * latencyMs);
		say(`200 emails at ${latencyMs} ms, less the floor, in times of the ideal`, times);
	}
}

async function fastest(measure: () => Promise<number>): Promise<number> {
	let least = Infinity;
	for (let round = 0; round < ROUNDS; round++) least = Math.min(least, await measure());
	return least;
}

function say(what: string, times: number): void {
	process.stdout.write(`${what}: ${times.toFixed(2)}\n`);
}

/** A node of n8n's own evaluates the same three expressions first: what that costs is the floor. */
async function send(
	{ session }: Stage,
	{ credential }: LinkedOutlookAccount,
	mails: number,
): Promise<Execution> {
	const { nodes } = mailRun('mailboxes', credential, lettersOf('mailboxes', mails));
	const assignment = (name: string) => ({
		...{ id: name, name, type: 'string', value: `={{ $json.${name} }}` },
	});
	const floor = node(9, FLOOR, 'n8n-nodes-base.set', 3.4, {
		assignments: { assignments: ['to', 'subject', 'body'].map(assignment) },
		options: {},
	});
	const workflow = chain('mailboxes', [...nodes.slice(0, -1), floor, ...nodes.slice(-1)]);
	const execution = await execute(session, await saveWorkflow(session, workflow), PATIENCE);
	const accepted = execution
		.outputOf(MAIL_NODE)
		.filter(({ json }) => json['status'] === 'accepted');
	if (accepted.length !== mails) throw new Error(`${accepted.length} of ${mails} accepted`);
	return execution;
}
