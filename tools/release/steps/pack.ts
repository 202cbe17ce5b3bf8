import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { PACKAGE_FOLDER } from '../../kit/folders';
import { runNpm } from '../../kit/npm';
import { run, type Finished } from '../../kit/processes';
import { failed, ok, type Finding, type Release, type Step } from '../step';
import { judgeContents } from '../tarball/contents';

/**
 * Packs the commit in a clean copy, where no install script runs and no test has run before, or
 * takes the tarball that another job packed. Every later step uses this file.
 */
export const pack: Step = {
	name: 'pack',
	claim: 'the tarball contains dist, its dependencies, README, LICENSE, CHANGELOG and nothing else',
	run: async (release) => {
		const { given, outputFolder } = release;
		await rm(outputFolder, { recursive: true, force: true });
		await mkdir(outputFolder, { recursive: true });
		const packed =
			given.tarball === undefined ? await packCleanly(release) : await takeOver(given.tarball);
		if (typeof packed !== 'string') return packed;
		const sha256 = createHash('sha256')
			.update(await readFile(packed))
			.digest('hex');
		if (given.sha256 !== undefined && given.sha256 !== sha256)
			return failed(`its SHA-256 is ${sha256}, and ${given.sha256} was expected`);
		const tarball = join(outputFolder, basename(packed));
		await copyFile(packed, tarball);
		release.tarball = tarball;
		return await judgeTarball(tarball, sha256, release);
	},
};

async function takeOver(tarball: string): Promise<string | Finding> {
	return tarball.endsWith('.tgz') ? tarball : failed(`${tarball} is not a tarball`);
}

/** @returns the path of the tarball, or why there is none */
async function packCleanly({ workFolder }: Release): Promise<string | Finding> {
	const source = join(workFolder, 'source');
	const target = join(workFolder, 'packed');
	await mkdir(target);
	const clone = { command: 'git', arguments: ['clone', '--quiet', PACKAGE_FOLDER, source] };
	const steps: Array<() => Promise<Finished>> = [
		async () => await run({ ...clone, folder: workFolder }),
		async () => await runNpm(source, 'ci', '--ignore-scripts', '--prefer-offline'),
		async () => await runNpm(source, 'run', '--silent', 'build'),
	];
	for (const step of steps) {
		const { status, output, messages } = await step();
		if (status !== 0)
			return failed(
				'the clean copy could not be built',
				`${output}\n${messages}`.trim().split('\n'),
			);
	}
	const { status, output, messages } = await runNpm(
		source,
		'pack',
		'--json',
		'--ignore-scripts',
		'--pack-destination',
		target,
	);
	const [packed] = status === 0 ? (JSON.parse(output) as Array<{ filename: string }>) : [];
	if (!packed) return failed('npm could not pack it', messages.trim().split('\n'));
	return join(target, packed.filename);
}

async function judgeTarball(
	tarball: string,
	sha256: string,
	{ manifest, workFolder }: Release,
): Promise<Finding> {
	const list = { command: 'tar', arguments: ['-tzf', tarball], folder: workFolder };
	const { status, output, messages } = await run(list);
	if (status !== 0) return failed('tar could not read it', messages.trim().split('\n'));
	const paths = output
		.split('\n')
		.filter((path) => path !== '' && !path.endsWith('/'))
		.map((path) => path.replace(/^package\//, ''));
	const faults = judgeContents(paths, manifest);
	if (faults.length > 0) return failed(`${faults.length} files are wrong`, faults);
	const size = Math.round((await readFile(tarball)).length / 1024);
	return ok(`${paths.length} files, ${size} KB`, [`SHA-256 ${sha256}  ${basename(tarball)}`]);
}
