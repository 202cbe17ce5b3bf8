import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGE_FOLDER } from '../../kit/folders';
import { runNpm } from '../../kit/npm';
import { judgeInstalledTree, type Lock } from '../runtimeTree/installedTree';
import { failed, type Step } from '../step';

/**
 * Writes a lock file of what was installed from the tarball. Audit, licenses and SBOM read it, so
 * they describe what a user gets.
 */
export const runtimeTree: Step = {
	name: 'dependencies',
	claim: 'a user gets the versions of the lock file, nested ones too',
	run: async (release) => {
		const { installed } = release;
		if (installed === undefined) return failed('the tarball was not installed');
		const { status, messages } = await runNpm(
			installed,
			'install',
			'--package-lock-only',
			'--ignore-scripts',
			'--prefer-offline',
			'--omit-lockfile-registry-resolved',
			'--no-audit',
			'--no-fund',
		);
		if (status !== 0) return failed(`npm ended with ${status}`, messages.trim().split('\n'));
		release.runtimeTree = installed;
		return judgeInstalledTree(await readLock(installed), await readLock(PACKAGE_FOLDER));
	},
};

async function readLock(folder: string): Promise<Lock> {
	return JSON.parse(await readFile(join(folder, 'package-lock.json'), 'utf8')) as Lock;
}
