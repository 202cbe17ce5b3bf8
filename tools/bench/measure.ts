import { execute } from '../n8n/executions';
import { saveWorkflow } from '../n8n/workflows';
import type { Contender } from './contenders';
import { MAIL_NODE, mailWorkflow } from './mailWorkflow';
import { startMeter } from './processMeter';
import type { Cloud, Stage } from './stage';

export interface Scenario {
	name: string;
	cloud: 'near' | 'far';
	latencyMs: number;
	mails: number;
	filePath?: string;
}

/** One run of one node. */
export interface Measurement {
	/** The node's own time, by n8n's clock. */
	seconds: number;
	connections: number;
	throttled: number;
	/** Of the n8n process, during the execution. */
	cpuSeconds: number;
	peakMegabytes: number;
}

const PATIENCE_MS = 300_000;

/** @throws when not every mail arrived exactly once */
export async function measure(
	{ n8n, session, ...clouds }: Stage,
	contender: Contender,
	{ cloud, latencyMs, mails, filePath }: Scenario,
): Promise<Measurement> {
	const { sandbox, credentials }: Cloud = clouds[cloud];
	await sandbox.reset();
	await sandbox.settings({ latencyMs });
	const definition = mailWorkflow(contender, credentials.get(contender)!, {
		mails,
		...(filePath ? { filePath } : {}),
	});
	const workflow = await saveWorkflow(session, definition);
	const usage = startMeter(n8n.pid!);
	const execution = await execute(session, workflow, PATIENCE_MS);
	const used = usage();
	if (execution.status !== 'success') {
		throw new Error(`${contender.name}: ${execution.error?.message ?? execution.status}`);
	}
	const { connections, throttled, outboxCount } = await sandbox.counters();
	if (outboxCount !== mails) throw new Error(`${outboxCount} mails arrived of ${mails}`);
	return {
		seconds: execution.timeOf(MAIL_NODE) / 1000,
		connections: connections.graph,
		throttled,
		...used,
	};
}

/** The middle one, for each figure. */
export function medianOf(measurements: readonly Measurement[]): Measurement {
	const median = (key: keyof Measurement) => {
		const sorted = measurements.map((measurement) => measurement[key]).sort((a, b) => a - b);
		return sorted[Math.floor(sorted.length / 2)]!;
	};
	return {
		seconds: median('seconds'),
		connections: median('connections'),
		throttled: median('throttled'),
		cpuSeconds: median('cpuSeconds'),
		peakMegabytes: median('peakMegabytes'),
	};
}
