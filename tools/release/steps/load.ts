import { existsSync, realpathSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGE_FOLDER } from '../../kit/folders';
import { run } from '../../kit/processes';
import { failed, ok, type Finding, type Release, type Step } from '../step';
import { nodeCandidates, nodesToTry, type NodeBinary } from '../tarball/nodesOnPath';

/** n8n lends its own copy to every package that it loads. */
const LENT_BY_N8N = 'n8n-workflow';

interface Loaded {
	loaded: string[];
	entry: string[];
	heavy: number;
}

/** Requires every node and credential of the installed tarball, under each Node.js there is. */
export const load: Step = {
	name: 'load',
	claim: 'every node and credential loads, under the oldest Node.js too',
	run: async (release) => {
		const { trialFolder, manifest } = release;
		if (trialFolder === undefined) return failed('the tarball was not installed');
		await symlink(
			realpathSync(join(PACKAGE_FOLDER, 'node_modules', LENT_BY_N8N)),
			join(trialFolder, 'node_modules', LENT_BY_N8N),
		);
		const own = { path: process.execPath, version: process.versions.node };
		const nodes = nodesToTry(own, await otherNodes(own.path), manifest.engines.node);
		const findings = await Promise.all(nodes.map(async (node) => await loadUnder(node, release)));
		return (
			findings.find(({ state }) => state !== 'ok') ??
			ok(findings.map(({ detail }) => detail).join('; '))
		);
	},
};

async function otherNodes(own: string): Promise<NodeBinary[]> {
	const paths = nodeCandidates(process.env['PATH'] ?? '').filter((path) => existsSync(path));
	const distinct = [...new Set(paths.map((path) => realpathSync(path)))];
	const asked = await Promise.all(
		distinct
			.filter((path) => path !== realpathSync(own))
			.map(async (path) => {
				const command = { command: path, arguments: ['--version'], folder: PACKAGE_FOLDER };
				const { output } = await run(command);
				return { path, version: output.trim().replace(/^v/, '') };
			}),
	);
	return asked.filter(({ version }) => /^\d+\.\d+\.\d+$/.test(version));
}

async function loadUnder(
	{ path, version }: NodeBinary,
	{ trialFolder = '', manifest }: Release,
): Promise<Finding> {
	const { status, output, messages } = await run({
		command: path,
		arguments: [
			join(PACKAGE_FOLDER, 'tools', 'release', 'tarball', 'loadPackage.cjs'),
			join(trialFolder, 'node_modules', manifest.name),
		],
		folder: trialFolder,
	});
	if (status !== 0) return failed(`Node.js ${version} could not load it`, messages.split('\n'));
	const { loaded, heavy } = JSON.parse(output) as Loaded;
	if (heavy > 0)
		return failed(`${heavy} files of Microsoft's libraries are loaded before they are needed`);
	return ok(`${loaded.length} under Node.js ${version}`);
}
