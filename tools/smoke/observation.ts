import type { ExpectationName } from './expectations';
import type { Sighting } from './person';
import type { Output } from './runTrial';
import type { Trial } from './trials';

/** What was seen of one expectation in one trial. */
export interface Observation {
	expectation: ExpectationName;
	/** The trial, or the check of the connection. */
	where: string;
	verdict: 'asExpected' | 'differs' | 'notTried';
	/** What Microsoft answered or the person saw. */
	seen: string;
}

/** Which check of the operation Check Connection rests on which expectation. */
const CHECKED: Readonly<Record<string, ExpectationName>> = {
	cloudAndTenant: 'tenantIsPublic',
	application: 'appProvesItself',
	tokenRefresh: 'tokenRenews',
	mailbox: 'probeWithoutRecipients',
};

export function judgeConnection(output: Output): Observation[] {
	return Object.entries(CHECKED).map(([check, expectation]) => {
		const found = output.find((item) => item['check'] === check);
		const seen = `${String(found?.['status'] ?? 'no answer')}: ${String(found?.['detail'] ?? '')}`;
		const verdict =
			found?.['status'] === 'ok'
				? 'asExpected'
				: found?.['status'] === 'skipped'
					? 'notTried'
					: 'differs';
		return { expectation, where: 'Check Connection', verdict, seen };
	});
}

/** Of something that a person saw and no output tells. */
export function judgeSighting(
	expectation: ExpectationName,
	where: string,
	{ answer, remark }: Sighting,
): Observation {
	switch (answer) {
		case 'yes':
			return { expectation, where, verdict: 'asExpected', seen: 'seen by a person' };
		case 'no':
			return { expectation, where, verdict: 'differs', seen: remark };
		case 'skipped':
			return { expectation, where, verdict: 'notTried', seen: 'nobody looked' };
	}
}

export function judgeTrial(trial: Trial, output: Output, sighting: Sighting): Observation[] {
	const refused = output.filter((item) => item['status'] !== 'accepted');
	const where = trial.name;
	return trial.expects.map((expectation) => {
		if (refused[0])
			return { expectation, where, verdict: 'differs', seen: describeRefusal(refused[0]) };
		const observation = judgeSighting(expectation, where, sighting);
		return { ...observation, seen: `${output.length} accepted, ${observation.seen}` };
	});
}

export function notTried(trial: Trial, reason: string): Observation[] {
	return trial.expects.map((expectation) => ({
		expectation,
		where: trial.name,
		verdict: 'notTried',
		seen: reason,
	}));
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
