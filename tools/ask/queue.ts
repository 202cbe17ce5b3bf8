import assert from 'node:assert/strict';
import { startSandbox } from '#sandbox/index';
import { Fleet } from '../fleet/fleet';
import { createFolder } from '../fleet/folder';
import { startPostgres } from '../fleet/stores/postgres';
import { startRedis } from '../fleet/stores/redis';
import { requireStores } from '../fleet/stores/requireStores';
import { Checklist } from '../kit/checklist';
import type { Ending } from '../kit/ending';
import { freePort } from '../kit/ports';
import { openEditorSession } from '../n8n/editorSession';
import { originOf } from '../n8n/environment';
import { startExecution, waitForExecution } from '../n8n/executions';
import { installN8n } from '../n8n/install';
import { linkAccount, roboMqAccount } from '../n8n/outlookAccounts';
import { provisioning } from '../n8n/provisioning';
import { saveWorkflow } from '../n8n/workflows';
import {
	answer,
	linksIn,
	mailsOfExecution,
	open,
	questionRun,
	QUESTION_NODE,
	untilWaiting,
} from './questions';

/** Questions in n8n's queue mode: workers ask, and answers arrive at other processes. */
export async function askInQueueMode(rounds: number, ending: Ending): Promise<Checklist> {
	const programs = await requireStores();
	await installN8n();
	const folder = await createFolder();
	ending.then(folder.remove);
	const port = await freePort();
	const sandbox = await startSandbox({
		appsRedirectUris: [`${originOf(port)}/rest/oauth2-credential/callback`],
	});
	ending.then(sandbox.close);
	const [redis, postgres] = await Promise.all([
		startRedis(programs, await folder.room('redis')),
		startPostgres(programs, await folder.room('postgres')),
	]);
	const fleet = await Fleet.start({
		...{ folder: folder.path, redis, postgres, port },
		settings: {
			...provisioning(sandbox),
			WEBHOOK_URL: `${originOf(port)}/`,
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		},
	});
	let session = await openEditorSession(fleet.main);
	const { credential } = await linkAccount({ sandbox, session }, roboMqAccount(sandbox));
	const workflow = await saveWorkflow(
		session,
		questionRun('In queue mode', credential, {
			to: 'Ann <ann@contoso.example>, bob@contoso.example',
			requireComment: 'never',
		}),
	);
	/** Asks, does something while it waits, and lets both people answer at once. */
	const ask = async (whileWaiting: () => Promise<void>) => {
		const id = await startExecution(session, workflow);
		const mails = await mailsOfExecution(sandbox, id, 2);
		await untilWaiting(session, id);
		await whileWaiting();
		// One answer arrives at the process for webhooks, the other at main.
		const [first, second] = mails.map((mail) => linksIn(mail)[0]!);
		const { host } = new URL(fleet.webhook.origin);
		const atWebhook = Object.assign(new URL(first!), { host }).href;
		assert.equal((await open(atWebhook)).status, 200);
		const answers = await Promise.all([
			answer(atWebhook, { choice: '1' }),
			answer(second!, { choice: '1' }),
		]);
		assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
		const run = await waitForExecution(session, id, 120_000);
		assert.equal(run.status, 'success', run.error?.message);
		assert.equal(run.outputOf(QUESTION_NODE).length, 1);
		assert.equal(run.outputOf(QUESTION_NODE)[0]?.json.status, 'approved');
	};
	const list = new Checklist();
	await list.check('queue mode: of two answers at two processes, one counts', async () => {
		for (let round = 0; round < rounds; round += 1) await ask(async () => {});
		return `${rounds} questions`;
	});
	await list.check('queue mode: the workers are killed while it waits', async () => {
		await ask(async () => {
			for (const worker of [...fleet.workers]) await fleet.killWorker(worker);
			await fleet.addWorker();
		});
	});
	await list.check('queue mode: main is killed and started again while it waits', async () => {
		await ask(async () => {
			await fleet.restartMain();
			session = await openEditorSession(fleet.main);
		});
	});
	await fleet.stop();
	await Promise.all([redis.stop(), postgres.stop()]);
	return list;
}
