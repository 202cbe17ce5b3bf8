import type { Measurement, Scenario } from './measure';

/** Graph serves one mailbox four requests at a time. */
const SIMULTANEOUS = 4;

export interface Result extends Scenario {
	builtIn: Measurement;
	thisNode: Measurement;
}

/** The shortest time in which Graph can take these mails, in seconds. */
export function idealSeconds({ mails, latencyMs }: Scenario): number {
	return (mails * latencyMs) / SIMULTANEOUS / 1000;
}

/** A Markdown table, one row for each scenario and node. */
export function table(results: readonly Result[]): string {
	const head =
		'| scenario | node | seconds | emails/s | ratio | × ideal | connections | throttled | CPU s | peak MB |\n|---|---|---:|---:|---:|---:|---:|---:|---:|---:|';
	const rows = results.flatMap((result) => [
		row(result, 'built-in', result.builtIn, ''),
		row(
			result,
			'**this node**',
			result.thisNode,
			`**${(result.builtIn.seconds / result.thisNode.seconds).toFixed(2)}**`,
		),
	]);
	return [head, ...rows].join('\n');
}

function row(result: Result, node: string, measured: Measurement, ratio: string): string {
	const ideal = idealSeconds(result);
	return `| ${[
		result.name,
		node,
		measured.seconds.toFixed(2),
		(result.mails / measured.seconds).toFixed(1),
		ratio,
		ideal > 0 ? (measured.seconds / ideal).toFixed(2) : '–',
		measured.connections,
		measured.throttled,
		measured.cpuSeconds.toFixed(2),
		measured.peakMegabytes.toFixed(0),
	].join(' | ')} |`;
}
