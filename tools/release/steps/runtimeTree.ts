import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGE_FOLDER } from '../../kit/folders';
import { runNpm } from '../../kit/run';
import { manifestForUsers } from '../runtimeTree/manifestForUsers';
import { failed, ok, type Step } from '../step';

/**
 * The lock file of the run-time dependencies alone. npm's own `--omit=dev` is not enough for audit
 * and SBOM: it drops what development needs as well, and keeps what n8n brings.
 */
export const runtimeTree: Step = {
	name: 'dependencies',
	claim: 'the run-time dependencies are those of the lock file',
	run: async (release) => {
		const { manifest, workFolder } = release;
		// npm names the root of an SBOM after its folder.
		const folder = join(workFolder, manifest.name);
		await mkdir(folder);
		const forUsers = JSON.stringify(manifestForUsers({ ...manifest }));
		await writeFile(join(folder, 'package.json'), forUsers);
		await copyFile(join(PACKAGE_FOLDER, 'package-lock.json'), join(folder, 'package-lock.json'));
		const { status, messages } = await runNpm(
			folder,
			'install',
			'--package-lock-only',
			'--ignore-scripts',
			'--prefer-offline',
			'--omit-lockfile-registry-resolved',
			'--no-audit',
			'--no-fund',
		);
		if (status !== 0) return failed(`npm ended with ${status}`, messages.trim().split('\n'));
		release.runtimeTree = folder;
		return ok(Object.keys(manifest.dependencies).join(', '));
	},
};
