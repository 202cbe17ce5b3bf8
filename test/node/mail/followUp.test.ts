import type { FollowupFlag } from '@microsoft/microsoft-graph-types';

import { windowsZone } from '#node/mail/windowsZones';
import { composed, refusalsOf } from './parameters';

const flagOf = (followUp: unknown, timeZone = 'Europe/Berlin') =>
	composed({ options: { followUp }, timeZone }).message.flag;

const flag = (start: string, due: string, timeZone = 'W. Europe Standard Time') =>
	({
		flagStatus: 'flagged',
		startDateTime: { dateTime: start, timeZone },
		dueDateTime: { dateTime: due, timeZone },
	}) satisfies FollowupFlag;

describe('a follow-up', () => {
	const expected = flag('2026-03-09T09:00:00', '2026-03-10T17:30:00');
	it.each<[string, unknown]>([
		[
			"n8n's fixed collection",
			{ flag: { startDate: '2026-03-09T09:00:00', dueDate: '2026-03-10T17:30:00' } },
		],
		[
			'a fixed collection of one',
			{ flag: [{ startDate: '2026-03-09T09:00', dueDate: '2026-03-10 17:30' }] },
		],
		['an object', { startDate: '2026-03-09T08:00:00Z', dueDate: '2026-03-10T11:30:00-05:00' }],
		[
			'dates',
			{
				startDate: new Date('2026-03-09T08:00:00.900Z'),
				dueDate: new Date('2026-03-10T16:30:00Z'),
			},
		],
		['JSON', '{"startDate":"2026-03-09T09:00:00","dueDate":"2026-03-10T17:30:00.000"}'],
	])('from %s', (_, followUp) => {
		expect(flagOf(followUp)).toEqual(expected);
	});

	it('without dates is a flag without dates', () => {
		expect(flagOf({ flag: {} })).toEqual({ flagStatus: 'flagged' });
		expect(flagOf({ flag: { startDate: '', dueDate: '' } })).toEqual({ flagStatus: 'flagged' });
	});

	it('that was added and not filled is none', () => {
		expect(flagOf({})).toBeUndefined();
	});

	it('with a due date alone starts then, since Exchange takes both dates or none', () => {
		expect(flagOf({ dueDate: '2026-03-10' })).toEqual(
			flag('2026-03-10T00:00:00', '2026-03-10T00:00:00'),
		);
	});

	it.each([
		['America/New_York', 'Eastern Standard Time', '2026-03-09T09:00:00'],
		['UTC', 'UTC', '2026-03-09T09:00:00'],
		['Etc/UTC', 'UTC', '2026-03-09T09:00:00'],
		['Europe/Vienna', 'W. Europe Standard Time', '2026-03-09T09:00:00'],
		['Europe/Dublin', 'GMT Standard Time', '2026-03-09T09:00:00'],
		['Asia/Kolkata', 'India Standard Time', '2026-03-09T09:00:00'],
		['Europe/Kyiv', 'FLE Standard Time', '2026-03-09T09:00:00'],
		['Australia/Eucla', 'Aus Central W. Standard Time', '2026-03-09T09:00:00'],
		// Windows has no such zone: the day stays.
		['Antarctica/Troll', 'UTC', '2026-03-09T09:00:00'],
	])('in %s is given in %s', (timeZone, expectedZone, dateTime) => {
		const date = '2026-03-09T09:00:00';
		expect(flagOf({ startDate: date, dueDate: date }, timeZone)).toEqual(
			flag(dateTime, dateTime, expectedZone),
		);
	});

	it('every time zone of this Node.js but one has a name in Windows', () => {
		const unknown = Intl.supportedValuesOf('timeZone').filter((name) => !windowsZone(name));
		expect(unknown).toEqual(['Antarctica/Troll']);
	});

	it.each<[unknown, RegExp]>([
		[{ startDate: '2026-03-09' }, /start date and no due date/],
		[{ startDate: '2026-03-10', dueDate: '2026-03-09' }, /due before it starts/],
		[{ startDate: '2026-03-10T00:00:01', dueDate: '2026-03-10' }, /due before it starts/],
		[{ dueDate: 'Friday' }, /^The due date cannot be read as a date; the value is a text\.$/],
		[{ dueDate: 1773100000 }, /the value is a number/],
		[{ dueDate: '2026-02-30' }, /cannot be read/],
		[{ due: '2026-03-10' }, /and the value is an object/],
		[true, /the switch value true/],
		['Friday', /and the value is a text/],
		[{ flag: null }, /start and a due date/],
	])('%j is refused', (followUp, cause) => {
		expect(refusalsOf({ options: { followUp } })).toEqual([
			expect.objectContaining({ field: 'Follow-Up', cause: expect.stringMatching(cause) }),
		]);
	});

	it('names both dates that cannot be read', () => {
		expect(refusalsOf({ options: { followUp: { startDate: 'x', dueDate: 'y' } } })).toHaveLength(2);
	});

	it('needs a time zone that exists', () => {
		const refusals = refusalsOf({
			options: { followUp: { dueDate: '2026-03-10' } },
			timeZone: 'Mars/Base',
		});
		expect(refusals).toEqual([expect.objectContaining({ field: 'Follow-Up', value: 'Mars/Base' })]);
	});
});
