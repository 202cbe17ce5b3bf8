import type { FactName } from '#sandbox/facts';
import type { Sighting } from './person';
import type { Output } from './runTrial';
import type { Trial } from './trials';

/** `notSeen`: it was tried, and what was looked for did not occur this time. */
export type Verdict = 'asExpected' | 'differs' | 'notSeen' | 'notTried';

/** What was seen of one fact in one trial. */
export interface Observation {
	fact: FactName;
	/** The trial, the probe, or the check of the connection. */
	where: string;
	verdict: Verdict;
	/** What Microsoft answered or the person saw. */
	seen: string;
}

/** Which check of the operation Check Connection rests on which fact. */
export const CHECKED: Readonly<Record<string, FactName>> = {
	cloudAndTenant: 'tenantIsPublic',
	application: 'appProvesItself',
	tokenRefresh: 'tokenRenews',
	mailbox: 'probeWithoutRecipients',
};

export function judgeConnection(output: Output): Observation[] {
	return Object.entries(CHECKED).map(([check, fact]) => {
		const found = output.find((item) => item['check'] === check);
		const seen = `${String(found?.['status'] ?? 'no answer')}: ${String(found?.['detail'] ?? '')}`;
		const verdict =
			found?.['status'] === 'ok'
				? 'asExpected'
				: found?.['status'] === 'skipped'
					? 'notTried'
					: 'differs';
		return { fact, where: 'Check Connection', verdict, seen };
	});
}

/** Of something that a person saw and no output shows. */
export function judgeSighting(
	fact: FactName,
	where: string,
	{ answer, remark }: Sighting,
): Observation {
	switch (answer) {
		case 'yes':
			return { fact, where, verdict: 'asExpected', seen: 'seen by a person' };
		case 'no':
			return { fact, where, verdict: 'differs', seen: remark };
		case 'skipped':
			return { fact, where, verdict: 'notTried', seen: 'nobody looked' };
	}
}

export function judgeTrial(trial: Trial, output: Output, sighting: Sighting): Observation[] {
	const refused = output.filter((item) => item['status'] !== 'accepted');
	const where = trial.name;
	return trial.expects.map((fact) => {
		if (refused[0]) return { fact, where, verdict: 'differs', seen: describeRefusal(refused[0]) };
		const observation = judgeSighting(fact, where, sighting);
		return { ...observation, seen: `${output.length} accepted, ${observation.seen}` };
	});
}

export function notTried(
	{ name, expects }: { name: string; expects: readonly FactName[] },
	reason: string,
): Observation[] {
	return expects.map((fact) => ({ fact, where: name, verdict: 'notTried', seen: reason }));
}

function describeRefusal(item: Record<string, unknown>): string {
	const details = item['details'];
	return [
		String(item['error'] ?? 'no answer'),
		item['code'] ? `code ${String(item['code'])}` : '',
		details ? JSON.stringify(details) : '',
	]
		.filter(Boolean)
		.join(', ');
}
