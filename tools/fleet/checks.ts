import assert from 'node:assert/strict';
import { Checklist } from '../kit/checklist';
import type { Sandbox } from '#sandbox/index';
import { isUnknown, type Mailing } from './mailing/mailing';

/** As many requests as one process has in flight at most, for one mailbox. */
const LANES = 4;

/** What the fleet promises, each a line. */
export async function checkMailing(mailing: Mailing, sandbox: Sandbox): Promise<Checklist> {
	const { letters, accidents, unknown, outcomes } = mailing;
	const arrivals = countArrivals(sandbox);
	const list = new Checklist();

	await list.check('no email is lost', () => {
		const missing = letters.filter(({ subject }) => !arrivals.has(subject));
		assert.deepEqual(missing, []);
		return `${letters.length} of ${letters.length} arrived`;
	});
	await list.check(
		'no email is sent twice, neither by accident nor when it is ordered again',
		() => {
			const doubled = [...arrivals].filter(([, count]) => count > 1);
			assert.equal(
				doubled.length,
				0,
				`${doubled.length} emails were sent twice or more, ${mailing.leftAgain} when everything was ordered once more`,
			);
		},
	);
	await list.check('a killed worker leaves no more outcomes unknown than twice its lanes', () => {
		const most = 2 * LANES;
		assert.ok(unknown.count <= most, `${unknown.count} are unknown, not ${most} at most`);
		return `${unknown.count}, ${unknown.arrived} of them in Sent Items`;
	});
	await list.check('every other email is reported as accepted or already sent', () => {
		const refused = letters
			.map(({ key }) => outcomes.get(key))
			.filter((outcome) => outcome?.status === undefined && !isUnknown(outcome));
		assert.deepEqual(refused, []);
	});
	await list.check('n8n reports every execution that the killed worker had, and no other', () => {
		assert.equal(mailing.lost, accidents.orphaned);
		return `${mailing.lost} executions`;
	});
	await list.check('an expired token costs one refresh', () => {
		const { tokenRefreshes } = sandbox.counters;
		assert.equal(tokenRefreshes, accidents.expiries);
		return `${accidents.expiries} expiries, ${tokenRefreshes} refreshes`;
	});
	return list;
}

/** How often each subject arrived. */
function countArrivals({ outbox }: Sandbox): Map<string, number> {
	const arrivals = new Map<string, number>();
	for (const { message } of outbox) {
		const subject = message.subject ?? '';
		arrivals.set(subject, (arrivals.get(subject) ?? 0) + 1);
	}
	return arrivals;
}
