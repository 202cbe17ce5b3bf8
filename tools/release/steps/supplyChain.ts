import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runNpm } from '../../kit/npm';
import { judgeAudit, type AuditAnswer } from '../runtimeTree/audit';
import { judgeLicenses, licenseList } from '../runtimeTree/licenses';
import { withoutDownloads, type Sbom } from '../runtimeTree/sbom';
import { failed, ok, type Release, type Step } from '../step';

const NO_TREE = failed('the run-time dependencies are not known');

export const audit: Step = {
	name: 'audit',
	claim: 'npm audit of the run-time dependencies is clean or explained',
	run: async ({ runtimeTree }) => {
		if (runtimeTree === undefined) return NO_TREE;
		const { output } = await runNpm(runtimeTree, 'audit', '--json', '--omit=dev');
		return judgeAudit(JSON.parse(output || '{}') as AuditAnswer);
	},
};

export const licenses: Step = {
	name: 'licenses',
	claim: 'every run-time dependency has a permissive license; the list lies beside the tarball',
	run: async (release) => {
		const sbom = await readSbom(release);
		if (!sbom) return NO_TREE;
		const { name, version } = release.manifest;
		const file = join(release.outputFolder, `${name}-${version}.licenses.txt`);
		await writeFile(file, licenseList(sbom));
		return judgeLicenses(sbom);
	},
};

export const sbom: Step = {
	name: 'sbom',
	claim: 'a CycloneDX bill of materials lies beside the tarball',
	run: async (release) => {
		const bill = await readSbom(release);
		if (!bill) return NO_TREE;
		const { name, version } = release.manifest;
		const file = `${name}-${version}.cdx.json`;
		await writeFile(join(release.outputFolder, file), `${JSON.stringify(bill, null, 2)}\n`);
		return ok(`${file}, ${bill.components.length} components`);
	},
};

async function readSbom({ runtimeTree }: Release): Promise<Sbom | undefined> {
	if (runtimeTree === undefined) return undefined;
	const { status, output, messages } = await runNpm(
		runtimeTree,
		'sbom',
		'--sbom-format',
		'cyclonedx',
		'--package-lock-only',
	);
	if (status !== 0) throw new Error(`npm sbom ended with ${status}: ${messages.trim()}`);
	return withoutDownloads(JSON.parse(output) as Sbom);
}
