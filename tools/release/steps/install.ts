import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runNpm } from '../../kit/run';
import { failed, ok, type Step } from '../step';

/**
 * Installs the tarball as n8n does: into an empty folder, run-time dependencies only, without its
 * peer, without running anybody's install scripts.
 */
export const install: Step = {
	name: 'install',
	claim: 'the tarball installs in an empty folder',
	run: async (release) => {
		if (release.tarball === undefined) return failed('there is no tarball');
		const folder = join(release.workFolder, 'trial');
		await mkdir(folder);
		await writeFile(join(folder, 'package.json'), '{"name":"trial","private":true}\n');
		const { status, output, messages } = await runNpm(
			folder,
			'install',
			release.tarball,
			'--omit=dev',
			'--legacy-peer-deps',
			'--ignore-scripts',
			'--install-strategy=shallow',
			'--prefer-offline',
			'--no-audit',
			'--no-fund',
		);
		if (status !== 0) return failed(`npm ended with ${status}`, messages.trim().split('\n'));
		release.trialFolder = folder;
		return ok(/added \d+ packages?/.exec(output)?.[0] ?? 'installed');
	},
};
