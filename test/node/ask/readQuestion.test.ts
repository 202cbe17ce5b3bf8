import { readQuestion, type QuestionParameters } from '#node/ask/readQuestion';

const NOW = new Date('2026-11-25T10:00:00Z');

function read(changes: Partial<QuestionParameters> = {}) {
	return readQuestion({
		responseType: 'approval',
		choices: {},
		requireComment: 'declined',
		confirmation: 'button',
		deadline: {},
		language: 'en',
		humanReview: false,
		timeZone: 'Europe/Berlin',
		now: NOW,
		...changes,
	});
}

const choice = (label: string, value: string, meaning = 'neither') => ({ label, value, meaning });

describe('readQuestion', () => {
	it('asks for approval or refusal unless told otherwise', () => {
		expect(read().value?.choices.map(({ value, meaning }) => [value, meaning])).toEqual([
			['approved', 'approved'],
			['declined', 'declined'],
		]);
		expect(read().value).not.toHaveProperty('deadline');
	});

	it.each([
		[{ within: { amount: 2, unit: 'days' } }, '2026-11-27T10:00:00.000Z'],
		[{ within: { amount: '0.5', unit: 'hours' } }, '2026-11-25T10:30:00.000Z'],
		[{ amount: 10, unit: 'minutes' }, '2026-11-25T10:10:00.000Z'],
	])('computes the deadline of %p', (deadline, moment) => {
		expect(read({ deadline }).value?.deadline).toBe(moment);
	});

	it.each([
		[{ within: { amount: 0, unit: 'days' } }],
		[{ within: { amount: -1, unit: 'days' } }],
		[{ within: { amount: 'soon', unit: 'days' } }],
		[{ within: { amount: Number.NaN, unit: 'days' } }],
		[{ within: { amount: Number.POSITIVE_INFINITY, unit: 'days' } }],
		[{ within: { amount: 1, unit: 'weeks' } }],
		[{ within: { amount: 4000, unit: 'days' } }],
		[{ within: { unit: 'days' } }],
		['tomorrow'],
	])('refuses the deadline %p', (deadline) => {
		expect(read({ deadline }).refusals).toMatchObject([{ field: 'Deadline' }]);
	});

	it.each([
		[[choice('Yes', 'y'), choice('No', 'y')], 2],
		[[choice('Yes', 'a'), choice('Yes', 'b')], 2],
		[[choice('', 'a')], 1],
		[[choice('Yes', 'noAnswer')], 1],
		[[choice('Yes', 'y', 'maybe')], 1],
		[[choice('x'.repeat(81), 'y')], 1],
		[['Yes'], 1],
	])('refuses the choices %j', (choices, position) => {
		expect(read({ choices: { choice: choices } }).refusals[0]).toMatchObject({
			field: 'Choices',
			position,
		});
	});

	it('refuses more choices than a page shows, and what is no list', () => {
		const many = Array.from({ length: 11 }, (_, at) => choice(`c${at}`, `${at}`));
		expect(read({ choices: { choice: many } }).refusals).toHaveLength(1);
		expect(read({ choices: 'yes' }).refusals).toHaveLength(1);
	});

	it('takes a list of choices from an expression; an empty value means the label', () => {
		const choices = '[{"label":"Laptop","value":""},{"label":"Tablet","value":"tablet"}]';
		expect(read({ choices }).value?.choices.map(({ value }) => value)).toEqual([
			'Laptop',
			'tablet',
		]);
	});

	it('needs exactly one choice that means approved when an agent waits', () => {
		const none = [choice('Later', 'later')];
		const two = [choice('Yes', 'y', 'approved'), choice('Sure', 's', 'approved')];
		for (const choices of [none, two]) {
			expect(read({ choices, humanReview: true }).refusals).toHaveLength(1);
			expect(read({ choices }).refusals).toHaveLength(0);
		}
		expect(read({ humanReview: true }).refusals).toHaveLength(0);
		expect(read({ responseType: 'freeText', humanReview: true }).refusals).toHaveLength(1);
	});

	it('refuses what is not in a list', () => {
		const { refusals } = read({
			responseType: 'form',
			requireComment: 'perhaps',
			confirmation: 'fax',
			language: 'fr',
		});
		expect(refusals.map(({ field }) => field)).toEqual([
			'Response Type',
			'Require Comment',
			'Confirmation',
			'Language',
		]);
	});
});
