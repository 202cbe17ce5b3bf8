import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PACKAGE_FOLDER } from '../kit/folders';
import { lastLines, Obstacle } from '../kit/obstacle';
import { readArguments, USAGE, type ReleaseArguments } from './arguments';
import { readManifest } from './manifest';
import { describeReport, type Reported } from './report';
import { failed, mayGoOut, type Finding, type Release, type Step } from './step';
import { STEPS } from './steps';

/** Everything of a release but publishing it, which only the workflow of a tag does. */
async function release(given: ReleaseArguments): Promise<boolean> {
	const workFolder = await mkdtemp(join(tmpdir(), 'release-'));
	try {
		const state: Release = {
			given,
			manifest: await readManifest(),
			outputFolder: join(PACKAGE_FOLDER, '.release'),
			workFolder,
		};
		const rows: Reported[] = [];
		for (const step of STEPS) rows.push(await runStep(step, state));
		print(`\n${describeReport(rows)}\n`);
		const goesOut = mayGoOut(
			rows.map(({ finding }) => finding),
			given.dryRun,
		);
		print(verdict(goesOut, state));
		return goesOut;
	} finally {
		await rm(workFolder, { recursive: true, force: true });
	}
}

async function runStep(step: Step, state: Release): Promise<Reported> {
	if (state.given.without.includes(step.name))
		return { step, finding: { state: 'skipped', detail: 'left out' }, took: 0 };
	const begun = Date.now();
	print(`… ${step.name}: ${step.claim}`);
	const finding = await findingOf(step, state);
	return { step, finding, took: Date.now() - begun };
}

/** A step that breaks has failed, and the others still have something to say. */
async function findingOf(step: Step, state: Release): Promise<Finding> {
	try {
		return await step.run(state);
	} catch (error) {
		return failed('it broke', [error instanceof Error ? error.message : String(error)]);
	}
}

function verdict(goesOut: boolean, { given, manifest: { version } }: Release): string {
	if (!goesOut) return 'Not ready.';
	if (given.dryRun)
		return 'All but publishing is done; tarball, SBOM and licenses are in .release.';
	if (given.tag !== undefined) return `Version ${version} may be published.`;
	return `Version ${version} may go out: git tag v${version} && git push origin v${version}`;
}

function print(text: string): void {
	process.stdout.write(`${text}\n`);
}

async function main(): Promise<void> {
	try {
		const given = readArguments(
			process.argv.slice(2),
			STEPS.map(({ name }) => name),
		);
		if (given.help) return print(USAGE);
		process.exitCode = (await release(given)) ? 0 : 1;
	} catch (error) {
		process.exitCode = 1;
		if (!(error instanceof Obstacle)) throw error;
		process.stderr.write(`${error.message}\n${lastLines(error.detail)}\n`);
	}
}

void main();
