import { join } from 'node:path';
import { openEditorSession, type EditorSession } from '../n8n/editorSession';
import { installN8n, requireDisk } from '../n8n/install';
import { buildPackage, installCommunityPackage, packPackage } from '../n8n/packagedNode';
import { startN8n, type N8n } from '../n8n/process';
import { choosePort } from '../kit/ports';
import { step } from '../kit/progress';

const DISK_OF_A_RUN = 300 * 1024 ** 2;

/** An n8n of its own, with the package as its users install it, and no stand-in for anything. */
export async function setStage(
	userFolder: string,
	wantedPort: number | undefined,
): Promise<{ session: EditorSession; n8n: N8n }> {
	await installN8n();
	await requireDisk(DISK_OF_A_RUN, 'to try it');
	await step('Building the package', buildPackage);
	await step('Packing it and installing the tarball as a community package', async () => {
		await installCommunityPackage(userFolder, await packPackage(join(userFolder, 'packed')));
	});
	const port = await choosePort(wantedPort);
	return await step(
		'Starting n8n',
		async () => {
			const n8n = await startN8n({
				userFolder,
				port,
				// The person's browser is not signed in to this n8n, which lives for minutes.
				settings: { N8N_SKIP_AUTH_ON_OAUTH_CALLBACK: 'true' },
			});
			return { session: await openEditorSession(n8n), n8n };
		},
		'10 to 30 seconds',
	);
}
