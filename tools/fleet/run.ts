import type { Ending } from '../kit/ending';
import type { Checklist } from '../kit/checklist';
import { openEditorSession } from '../n8n/editorSession';
import { originOf } from '../n8n/environment';
import { installN8n } from '../n8n/install';
import { linkAccount, roboMqAccount } from '../n8n/outlookAccounts';
import { choosePort } from '../kit/ports';
import { step } from '../kit/progress';
import { provisioning } from '../n8n/provisioning';
import { startSandbox } from '#sandbox/index';
import type { FleetArguments } from './arguments';
import { checkMailing } from './checks';
import { Fleet } from './fleet';
import { createFolder } from './folder';
import { batchesOf } from './mailing/letters';
import { runMailing } from './mailing/mailing';
import { untilPublished } from './mailing/published';
import { publishMailing } from './mailing/workflow';
import { printReport } from './report';
import { requireStores } from './stores/requireStores';
import { startPostgres } from './stores/postgres';
import { startRedis } from './stores/redis';

/** Milliseconds; as a Graph that is not next door. */
const LATENCY = 40;

/** Many mails through a fleet of n8n processes to which accidents happen, checked mail by mail. */
export async function runFleet({ mails }: FleetArguments, ending: Ending): Promise<Checklist> {
	const programs = await requireStores();
	await installN8n();
	const folder = await createFolder();
	ending.then(folder.remove);
	const port = await choosePort(undefined);
	const sandbox = await startSandbox({
		latencyMs: LATENCY,
		appsRedirectUris: [`${originOf(port)}/rest/oauth2-credential/callback`],
	});
	ending.then(sandbox.close);

	const [redis, postgres] = await step('Starting Redis and PostgreSQL', async () => [
		await startRedis(programs, await folder.room('redis')),
		await startPostgres(programs, await folder.room('postgres')),
	]);
	const fleet = await Fleet.start({
		folder: folder.path,
		redis,
		postgres,
		port,
		settings: provisioning(sandbox),
	});
	const session = await openEditorSession(fleet.main);
	const { credential, clientId } = await step(
		'Linking an account through the RoboMQ application',
		async () => await linkAccount({ sandbox, session }, roboMqAccount(sandbox)),
	);
	const workflowId = await step('Publishing the workflow', async () => {
		const id = await publishMailing(session, credential);
		await untilPublished(fleet.webhook.origin);
		return id;
	});
	sandbox.reset();
	const mailing = await runMailing({
		fleet,
		sandbox,
		session,
		workflowId,
		appId: clientId,
		batches: batchesOf(mails),
	});
	printReport(mailing, sandbox);
	const checklist = await checkMailing(mailing, sandbox);
	await step('Stopping everything', async () => {
		await fleet.stop();
		await Promise.all([redis.stop(), postgres.stop()]);
	});
	return checklist;
}
