import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { PACKAGE_FOLDER } from '../../kit/folders';
import { runNpm } from '../../kit/npm';
import { failed, ok, type Step } from '../step';
import { tracesIn } from '../tarball/traces';

/** Reads every file that was unpacked from the tarball. */
export const traces: Step = {
	name: 'traces',
	claim: 'no file names this machine, a registry or an import alias',
	run: async ({ trialFolder, manifest, workFolder }) => {
		if (trialFolder === undefined) return failed('the tarball was not installed');
		const root = join(trialFolder, 'node_modules', manifest.name);
		const { output } = await runNpm(PACKAGE_FOLDER, 'config', 'get', 'registry');
		const place = {
			folders: [PACKAGE_FOLDER, homedir(), workFolder],
			registryHosts: [new URL(output.trim()).host],
		};
		const files = await ownFiles(root);
		const findings = await Promise.all(
			files.map(async (path) => {
				const found = tracesIn(await readFile(path, 'utf8'), place);
				return found.map((trace) => `${trace} in ${relative(root, path)}`);
			}),
		);
		const all = findings.flat();
		return all.length > 0 ? failed(`${all.length} traces`, all) : ok(`${files.length} files read`);
	},
};

/** What the tarball itself brought: not its dependencies, which a shallow install puts inside. */
async function ownFiles(root: string): Promise<string[]> {
	const entries = await readdir(root, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.filter((path) => !relative(root, path).split(sep).includes('node_modules'));
}
