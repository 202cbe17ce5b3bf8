import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runNpm } from '../../kit/npm';
import { run } from '../../kit/processes';
import { manifestForUsers } from '../runtimeTree/manifestForUsers';
import { failed, ok, type Step } from '../step';

/**
 * Installs the tarball with the commands of n8n's community-packages.service.js: unpacked into a
 * folder of its own, without peer and development dependencies, lock files ignored, no scripts run.
 */
export const install: Step = {
	name: 'install',
	claim: 'the tarball installs as n8n installs it',
	run: async (release) => {
		const { tarball, workFolder, manifest } = release;
		if (tarball === undefined) return failed('there is no tarball');
		const trial = join(workFolder, 'trial');
		const folder = join(trial, 'node_modules', manifest.name);
		await mkdir(folder, { recursive: true });
		const unpacked = await run({
			command: 'tar',
			arguments: ['-xzf', tarball, '-C', folder, '--strip-components=1'],
			folder: workFolder,
		});
		if (unpacked.status !== 0) return failed('tar could not unpack it', [unpacked.messages.trim()]);
		await rewriteManifest(folder);
		const { status, messages } = await runNpm(
			folder,
			'install',
			'--audit=false',
			'--fund=false',
			'--bin-links=false',
			'--install-strategy=shallow',
			'--ignore-scripts=true',
			'--package-lock=false',
			'--prefer-offline',
		);
		if (status !== 0) return failed(`npm ended with ${status}`, messages.trim().split('\n'));
		release.trialFolder = trial;
		release.installed = folder;
		return ok('installed');
	},
};

async function rewriteManifest(folder: string): Promise<void> {
	const path = join(folder, 'package.json');
	const manifest = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
	await writeFile(path, JSON.stringify(manifestForUsers(manifest), null, 2));
}
