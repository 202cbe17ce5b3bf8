import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { readOptions } from '../kit/commandLine';
import { startSandboxProcess, type SandboxProcess } from './sandboxProcess';
import { signInForToken } from './token';
import type { Order, Receipt } from './processes/sender';

/** Graph's limit, and the sandbox's. */
const SIMULTANEOUS = 4;

interface Row {
	processes: number;
	mails: number;
	seconds: number;
	/** Elapsed time over mails × latency / 4. */
	timesIdeal: number;
	throttledPercent: number;
	mostAttempts: number;
	once: boolean;
}

async function startSender(): Promise<ChildProcess> {
	const child = fork(join(__dirname, 'processes', 'sender.ts'), { execArgv: ['--import', 'tsx'] });
	await once(child, 'message');
	return child;
}

async function measure(
	sandbox: SandboxProcess,
	{ processes, mails, latency }: { processes: number; mails: number; latency: number },
): Promise<Row> {
	await sandbox.reset();
	await sandbox.settings({ latencyMs: latency });
	const token = await signInForToken(sandbox);
	const senders = await Promise.all(Array.from({ length: processes }, startSender));
	const each = Math.floor(mails / processes);
	const startedAt = Date.now();
	const receipts = await Promise.all(
		senders.map(async (sender, index) => {
			const receipt = once(sender, 'message');
			const { loginOrigin, graphOrigin } = sandbox;
			const order: Order = { loginOrigin, graphOrigin, token, name: `P${index}`, mails: each };
			sender.send(order);
			return ((await receipt) as [Receipt])[0];
		}),
	);
	const seconds = (Date.now() - startedAt) / 1000;
	const { counters, outbox } = await sandbox.state();
	const subjects = new Set(outbox.map(({ message }) => message.subject));
	const total = each * processes;
	return {
		processes,
		mails: total,
		seconds,
		timesIdeal: seconds / ((total * latency) / SIMULTANEOUS / 1000),
		throttledPercent: (100 * counters.throttled) / (total + counters.throttled),
		mostAttempts: Math.max(...receipts.map(({ mostAttempts }) => mostAttempts)),
		once: outbox.length === total && subjects.size === total,
	};
}

const USAGE = `npm run bench processes [-- options]

Several processes on one mailbox, unseen by each other, against a Graph that serves four at a time.

  --latency MS     how late Graph answers; 50 without it
  --mails N        emails of all processes together; 2000 without it
  --processes A,B  how many processes; 1,2,4,10 without it`;

export async function run(given: readonly string[]): Promise<void> {
	const values = readOptions(given, USAGE, {
		latency: { type: 'string', default: '50' },
		mails: { type: 'string', default: '2000' },
		processes: { type: 'string', default: '1,2,4,10' },
	});
	const sandbox = await startSandboxProcess();
	process.stdout.write(
		'| processes | emails | seconds | × ideal | throttled | most attempts | each email once |\n|---:|---:|---:|---:|---:|---:|---|\n',
	);
	for (const processes of values.processes.split(',').map(Number)) {
		const row = await measure(sandbox, {
			processes,
			mails: Number(values.mails),
			latency: Number(values.latency),
		});
		process.stdout.write(
			`| ${row.processes} | ${row.mails} | ${row.seconds.toFixed(1)} | ${row.timesIdeal.toFixed(2)} | ${row.throttledPercent.toFixed(1)} % | ${row.mostAttempts} | ${row.once ? 'yes' : 'NO'} |\n`,
		);
	}
	await sandbox.stop();
}
