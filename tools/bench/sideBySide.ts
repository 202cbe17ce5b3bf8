import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { readNumber, readOptions } from '../kit/commandLine';
import type { Ending } from '../kit/ending';
import { built } from '../documentation/built';
import { BUILT_IN, THIS_NODE } from './contenders';
import { measure, medianOf, type Measurement, type Scenario } from './measure';
import { withPart } from './page';
import { plot } from './plot';
import { table, type Result } from './results';
import { PACKAGE_FOLDER } from '../kit/folders';
import { FAR_MS, setStage } from './stage';

const DOCS = join(PACKAGE_FOLDER, 'docs');

const USAGE = `npm run bench [-- options]

n8n's Outlook node and this one, side by side in the real n8n, over TLS.

  --rounds N    how often each scenario runs; 5 without it
  --mails N     emails of a run; 200 without it
  --only TEXT   only scenarios whose name contains it
  --write       write the table into docs/benchmark.md, and the plot beside it`;

export async function run(given: readonly string[], ending: Ending): Promise<void> {
	const values = readOptions(given, USAGE, {
		rounds: { type: 'string', default: '5' },
		mails: { type: 'string', default: '200' },
		only: { type: 'string', default: '' },
		write: { type: 'boolean', default: false },
	});
	const rounds = readNumber('--rounds', values.rounds, 1, 1_000);
	const mails = readNumber('--mails', values.mails, 10, 100_000);
	const stage = await setStage(ending);
	const filePath = join(stage.filesFolder, 'guide.pdf');
	await writeFile(filePath, Buffer.alloc(1_000_000, 'Welcome. '));

	const scenarios: Scenario[] = [
		...[0, 50, 200].map((latencyMs) => ({
			...{ name: `${mails} emails, ${latencyMs} ms`, cloud: 'near' as const, latencyMs, mails },
		})),
		...[0, 50, 200].map((latencyMs) => ({
			name: `${mails} emails, ${latencyMs} ms, ${FAR_MS} ms to connect`,
			...{ cloud: 'far' as const, latencyMs, mails },
		})),
		{
			name: `${mails / 10} emails of 1 MB, 50 ms`,
			...{ cloud: 'near', latencyMs: 50, mails: mails / 10, filePath },
		},
	];
	// Whatever is loaded or compiled at the first use is no part of the comparison.
	for (const contender of [BUILT_IN, THIS_NODE]) {
		await measure(stage, contender, { ...scenarios[0]!, mails: 10 });
	}
	const results: Result[] = [];
	for (const scenario of scenarios.filter(({ name }) => name.includes(values.only))) {
		const builtIn: Measurement[] = [];
		const thisNode: Measurement[] = [];
		for (let round = 0; round < rounds; round++) {
			builtIn.push(await measure(stage, BUILT_IN, scenario));
			thisNode.push(await measure(stage, THIS_NODE, scenario));
		}
		results.push({ ...scenario, builtIn: medianOf(builtIn), thisNode: medianOf(thisNode) });
		process.stderr.write(`${table(results.slice(-1)).split('\n').slice(2).join('\n')}\n`);
	}
	const report = describe(results, rounds);
	process.stdout.write(`\n${report}`);
	if (!values.write) return;
	const path = join(DOCS, 'benchmark.md');
	const text = withPart(await readFile(path, 'utf8'), 'side by side', report);
	await writeFile(path, await built({ path: 'docs/benchmark.md', text }));
	await writeFile(join(DOCS, 'benchmark.svg'), plot(results));
}

function describe(results: readonly Result[], rounds: number): string {
	const [cpu] = cpus();
	const machine = `${cpus().length} × ${cpu?.model.trim()}, ${Math.round(totalmem() / 1024 ** 3)} GB, Node.js ${process.version}; load average of the last 15 minutes ${loadavg()[2]!.toFixed(1)}`;
	return `Medians of ${rounds} rounds, the two nodes alternating in one n8n, the stand-in for Graph in a process of its own, over TLS. *Ideal* is emails × latency / 4: Graph serves one mailbox four requests at a time. CPU and memory are those of the whole n8n process.\n\n${table(results)}\n\n![Seconds of each node](benchmark.svg)\n\nMachine: ${machine}. Command: \`npm run bench -- --write\`.\n`;
}
