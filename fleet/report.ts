import type { Sandbox } from '../sandbox';
import { isUnknown, type Mailing } from './mailing/mailing';

export function printReport(mailing: Mailing, sandbox: Sandbox): void {
	console.log(JSON.stringify({ ...mailing, letters: mailing.letters.length, outcomes: undefined, unknown: undefined }, null, 1));
	const tally = new Map<string, number>();
	for (const o of mailing.outcomes.values()) { const k = o.status ?? o.error ?? '?'; tally.set(String(k).slice(0,300), (tally.get(String(k).slice(0,300)) ?? 0) + 1); }
	console.log(tally, mailing.unknown.letters.length, mailing.unknown.arrived.length, isUnknown({}));
	console.log(sandbox.counters, sandbox.outbox.length, sandbox.requests.length);
	const st = new Map<string, number>();
	for (const r of sandbox.requests) { const k = `${r.host} ${r.method} ${r.path} ${r.status}`; st.set(k, (st.get(k) ?? 0) + 1); }
	console.log(st);
}
