import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COUNTS_FILE, type Count } from '../kit/checklist';
import { runCommand } from '../kit/commandLine';
import { PACKAGE_FOLDER } from '../kit/folders';
import { run } from '../kit/processes';

/** The scripts of package.json that must hold of every commit, in this order. */
const STEPS: ReadonlyArray<readonly [script: string, ...given: string[]]> = [
	['lint'],
	['build'],
	['test'],
	['test:hosts'],
	['docs:check'],
	['demo', '--once'],
	['security'],
	['examples'],
	['kill-test', '1'],
	['kill-test', '--store', 'sqlite'],
	['kill-test', '--store', 'postgres'],
	['fleet', '--mails', '200'],
	['e2e'],
	['e2e', '--questions'],
	['e2e', '--questions', '--queue'],
];

/** A step that keeps no checklist passes or fails as a whole. */
async function runStep([script, ...given]: readonly string[], folder: string): Promise<Count> {
	const words = ['run', '--silent', script ?? '', ...(given.length > 0 ? ['--', ...given] : [])];
	process.stdout.write(`\n=== npm ${words.join(' ')}\n`);
	const counts = join(folder, `${words.join(' ').replace(/\W+/g, '-')}.jsonl`);
	const { status } = await run({
		command: 'npm',
		arguments: words,
		folder: PACKAGE_FOLDER,
		environment: { ...process.env, [COUNTS_FILE]: counts },
		stdio: ['ignore', 'inherit', 'inherit'],
	});
	const { passed, failed } = total(await readCounts(counts));
	if (status !== 0) return { passed, failed: Math.max(failed, 1) };
	return passed + failed === 0 ? { passed: 1, failed: 0 } : { passed, failed };
}

async function readCounts(path: string): Promise<Count[]> {
	if (!existsSync(path)) return [];
	const lines = (await readFile(path, 'utf8')).trim().split('\n');
	return lines.map((line) => JSON.parse(line) as Count);
}

function total(counts: readonly Count[]): Count {
	return {
		passed: counts.reduce((sum, { passed }) => sum + passed, 0),
		failed: counts.reduce((sum, { failed }) => sum + failed, 0),
	};
}

void runCommand({
	name: 'The run of all checks',
	usage: 'Started by .ci/run.',
	readArguments: () => ({ help: false }),
	run: async (_given, ending) => {
		const folder = await mkdtemp(join(tmpdir(), 'checks-'));
		ending.then(async () => await rm(folder, { recursive: true, force: true }));
		const rows: Array<Count & { step: string; took: number }> = [];
		for (const step of STEPS) {
			const begun = Date.now();
			const count = await runStep(step, folder);
			rows.push({ step: step.join(' '), took: Date.now() - begun, ...count });
		}
		process.stdout.write('\n');
		for (const { step, took, passed, failed } of rows) {
			const minutes = (took / 60_000).toFixed(1);
			process.stdout.write(
				`${failed === 0 ? 'ok' : 'not ok'} ${step}: ${passed} passed, ${failed} failed, ${minutes} min\n`,
			);
		}
		const { passed, failed } = total(rows);
		process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
		return failed === 0 ? 0 : 1;
	},
});
