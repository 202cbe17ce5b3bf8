import type { Sandbox } from '#sandbox/index';
import type { Mailing } from './mailing/mailing';

/** What was measured, for a person. */
export function printReport(mailing: Mailing, sandbox: Sandbox): void {
	const { letters, duration, accidents, unknown, retries } = mailing;
	const requests = sandbox.requests.filter(({ host }) => host === 'graph').length;
	const { throttled, tokenRefreshes, connections, peakConcurrency } = sandbox.counters;
	const rows: Array<[string, string]> = [
		['Emails', `${letters.length}`],
		['First round, with the wait for the killed worker', `${(duration / 1_000).toFixed(1)} s`],
		['Requests to Graph', `${requests}`],
		['Throttled (429)', `${throttled}, ${((100 * throttled) / requests).toFixed(1)} %`],
		['Most requests at the same time', `${peakConcurrency}`],
		// The stand-in for RoboMQ's application has both on one origin.
		['Connections to sign-in and Graph', `${connections.login + connections.graph}`],
		['Token expiries, refreshes', `${accidents.expiries}, ${tokenRefreshes}`],
		['Accepted when the worker was killed', `${accidents.acceptedBefore}`],
		['Executions that were lost with it', `${mailing.lost}`],
		["Emails that n8n's Retry of them sent", `${retries.reduce((sum, { left }) => sum + left, 0)}`],
		['Emails of unknown outcome', `${unknown.count}, ${unknown.arrived} of them in Sent Items`],
		['Emails accepted in all', `${sandbox.outbox.length}`],
	];
	const width = Math.max(...rows.map(([name]) => name.length));
	const lines = rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`);
	process.stdout.write(`\n${lines.join('\n')}\n\n`);
}
