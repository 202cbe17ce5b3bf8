import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGE_FOLDER } from '../kit/folders';
import { runNpm } from '../kit/npm';

/** The node's type in an n8n that has the package installed. */
export const NODE_TYPE = 'n8n-nodes-robomq-outlook.sendOutlookMail';

/** Compiles the package as `npm run build` does. */
export async function buildPackage(): Promise<void> {
	await runNpm({
		arguments: ['run', 'build'],
		folder: PACKAGE_FOLDER,
		purpose: 'build the package',
	});
}

/**
 * Packs what `npm publish` would upload.
 *
 * @returns the path of the tarball
 */
export async function packPackage(folder: string): Promise<string> {
	await mkdir(folder, { recursive: true });
	const answer = await runNpm({
		arguments: ['pack', '--json', '--pack-destination', folder],
		folder: PACKAGE_FOLDER,
		purpose: 'pack the package',
	});
	const [tarball] = JSON.parse(answer) as Array<{ filename: string }>;
	if (!tarball) throw new Error('npm pack named no tarball');
	return join(folder, tarball.filename);
}

/**
 * Installs the tarball where and how n8n installs community packages: run-time dependencies only,
 * inside the package's own folder, and without its peer, which n8n itself provides.
 */
export async function installCommunityPackage(userFolder: string, tarball: string): Promise<void> {
	const nodes = join(userFolder, '.n8n', 'nodes');
	await mkdir(nodes, { recursive: true });
	await writeFile(join(nodes, 'package.json'), '{"name":"installed-nodes","private":true}\n');
	await runNpm({
		arguments: [
			'install',
			tarball,
			'--ignore-scripts',
			'--bin-links=false',
			'--install-strategy=shallow',
			'--package-lock=false',
			'--legacy-peer-deps',
			'--prefer-offline',
		],
		folder: nodes,
		purpose: 'install the packed node into n8n',
	});
}
