import { join } from 'node:path';
import { startSandbox, type Sandbox } from '#sandbox/index';
import { openEditorSession, type EditorSession } from './editorSession';
import { originOf } from './environment';
import { installN8n, requireDisk } from './install';
import { buildPackage, installCommunityPackage, packPackage } from './packagedNode';
import { startN8n, type N8n } from './process';
import { choosePort } from '../kit/ports';
import { step } from '../kit/progress';
import { provisioning } from './provisioning';

export interface StageOrder {
	/** Where n8n keeps everything; what is there already stays. */
	userFolder: string;
	/** Only this port will do; without it, n8n's usual port or, if that is taken, any. */
	port: number | undefined;
	/** Another version of the package than the one that is built from here. */
	tarball?: string | undefined;
	/** n8n's settings by the names of their environment variables. */
	settings?: Readonly<Record<string, string>>;
}

/** All that runs while the demo does. */
export interface Stage {
	sandbox: Sandbox;
	n8n: N8n;
	session: EditorSession;
}

/** n8n's database and logs, and the package with what it depends on. */
const DISK_OF_A_RUN = 200 * 1024 ** 2;

/** Builds and installs what is missing, then starts the stand-in cloud and n8n on loopback. */
export async function setStage(order: StageOrder): Promise<Stage> {
	const { userFolder } = order;
	await installN8n();
	await requireDisk(DISK_OF_A_RUN, 'to run the demo');
	if (!order.tarball) await step('Building the package', buildPackage);
	await step('Installing the packed package as a community package', async () => {
		const tarball = order.tarball ?? (await packPackage(join(userFolder, 'packed')));
		await installCommunityPackage(userFolder, tarball);
	});
	const port = await choosePort(order.port);
	const sandbox = await step(
		'Starting the stand-in for Entra ID and Graph',
		async () =>
			await startSandbox({
				appsRedirectUris: [`${originOf(port)}/rest/oauth2-credential/callback`],
			}),
	);
	try {
		const n8n = await step(
			'Starting n8n',
			async () =>
				await startN8n({
					userFolder,
					port,
					settings: { ...provisioning(sandbox), ...order.settings },
				}),
			'10 to 30 seconds',
		);
		const session = await step(
			"Signing in to n8n's editor",
			async () => await openEditorSession(n8n),
		);
		return { sandbox, n8n, session };
	} catch (error) {
		await sandbox.close();
		throw error;
	}
}
