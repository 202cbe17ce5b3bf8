import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PACKAGE_FOLDER } from '../kit/folders';
import { requireNpm } from '../kit/npm';

/** The node's type in an n8n that has the package installed. */
export const NODE_TYPE = 'n8n-nodes-robomq-outlook.sendOutlookMail';

/** A tarball that was packed before, which a release tries instead of packing the folder anew. */
const PACKED_TARBALL = process.env['PACKED_TARBALL'];

/** Compiles the package as `npm run build` does, unless it was packed before. */
export async function buildPackage(): Promise<void> {
	if (PACKED_TARBALL) return;
	await requireNpm('build the package', PACKAGE_FOLDER, 'run', 'build');
}

/**
 * Packs what `npm publish` would upload.
 *
 * @returns the path of the tarball
 */
export async function packPackage(folder: string): Promise<string> {
	if (PACKED_TARBALL) return resolve(PACKED_TARBALL);
	await mkdir(folder, { recursive: true });
	const packing = ['pack', '--json', '--pack-destination', folder];
	const answer = await requireNpm('pack the package', PACKAGE_FOLDER, ...packing);
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
	await requireNpm(
		'install the packed node into n8n',
		nodes,
		'install',
		tarball,
		'--ignore-scripts',
		'--bin-links=false',
		'--install-strategy=shallow',
		'--package-lock=false',
		'--legacy-peer-deps',
		'--prefer-offline',
	);
}
