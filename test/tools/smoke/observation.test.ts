import { untriedFacts } from '#tools/smoke/coverage';
import { judgeConnection, judgeTrial, notTried } from '#tools/smoke/observation';
import type { Trial } from '#tools/smoke/trials';

const trial: Trial = {
	name: 'Plain text',
	expects: ['acceptedNotDelivered', 'copyInSentItems'],
	question: () => '',
};
const accepted = { status: 'accepted' };
const yes = { answer: 'yes', remark: '' } as const;

describe('what is seen of a trial', () => {
	it('is as expected when Microsoft accepts and the person sees it', () => {
		expect(judgeTrial(trial, [accepted], yes)).toEqual([
			expect.objectContaining({ fact: 'acceptedNotDelivered', verdict: 'asExpected' }),
			expect.objectContaining({ fact: 'copyInSentItems', verdict: 'asExpected' }),
		]);
	});

	it('differs when one of many is refused, whatever the person says', () => {
		const refused = { error: 'Too much', code: 'ErrorX', details: { requestId: 'r-1' } };
		const [observation] = judgeTrial(trial, [accepted, refused], yes);
		expect(observation).toMatchObject({ verdict: 'differs' });
		expect(observation?.seen).toBe('Too much, code ErrorX, {"requestId":"r-1"}');
	});

	it('differs when the person sees something else, and repeats their words', () => {
		const [observation] = judgeTrial(trial, [accepted], { answer: 'no', remark: 'no flag' });
		expect(observation).toMatchObject({ verdict: 'differs', seen: '1 accepted, no flag' });
	});

	it('is not tried when nobody looked, or when something is missing for it', () => {
		const [observation] = judgeTrial(trial, [accepted], { answer: 'skipped', remark: '' });
		expect(observation?.verdict).toBe('notTried');
		expect(notTried(trial, 'without Mail.ReadWrite')).toHaveLength(2);
	});
});

describe('what is seen of the connection', () => {
	const results = (mailbox: object) => [
		{ check: 'cloudAndTenant', status: 'ok', detail: '' },
		{ check: 'application', status: 'skipped', detail: '' },
		{ check: 'tokenRefresh', status: 'ok', detail: '' },
		{ check: 'mailbox', ...mailbox },
	];

	it.each([
		[{ status: 'ok' }, 'asExpected'],
		[{ status: 'failed', detail: 'x' }, 'differs'],
		[{ status: 'warning', detail: 'x' }, 'differs'],
		[{ status: 'skipped', detail: 'x' }, 'notTried'],
	])('%j is %s', (mailbox, verdict) => {
		const found = judgeConnection(results(mailbox));
		expect(found.map((observation) => observation.verdict)).toEqual([
			'asExpected',
			'notTried',
			'asExpected',
			verdict,
		]);
	});

	it('differs when the node gave out no check at all', () => {
		const verdicts = judgeConnection([{ error: 'broken' }]).map(({ verdict }) => verdict);
		expect(new Set(verdicts)).toEqual(new Set(['differs']));
	});
});

it('tries every fact that only Microsoft can settle', () => {
	expect(untriedFacts()).toEqual([]);
});
