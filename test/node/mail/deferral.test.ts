import { composed, refusalsOf } from './parameters';

function deferredTo(deferUntil: unknown, timeZone = 'Europe/Berlin', now = '2026-03-02T08:00:00Z') {
	const { message } = composed({ options: { deferUntil }, timeZone, now: new Date(now) });
	expect(message.singleValueExtendedProperties).toHaveLength(1);
	expect(message.singleValueExtendedProperties?.[0]?.id).toBe('SystemTime 0x3FEF');
	return message.singleValueExtendedProperties?.[0]?.value;
}

describe('deferred delivery', () => {
	it.each<[unknown, string]>([
		['2026-03-09T09:00:00', '2026-03-09T08:00:00Z'],
		['2026-03-09T09:00:00.123', '2026-03-09T08:00:00Z'],
		['2026-03-09 09:00', '2026-03-09T08:00:00Z'],
		['2026-03-09', '2026-03-08T23:00:00Z'],
		['2026-07-01T09:00:00', '2026-07-01T07:00:00Z'],
		['2026-03-09T09:00:00Z', '2026-03-09T09:00:00Z'],
		['2026-03-09T09:00:00.000Z', '2026-03-09T09:00:00Z'],
		['2026-03-09T09:00:00-05:00', '2026-03-09T14:00:00Z'],
		['2026-03-09T09:00:00+0530', '2026-03-09T03:30:00Z'],
		['2026-03-09T09:00:00+01:00[Europe/Berlin]', '2026-03-09T08:00:00Z'],
		[new Date('2026-03-09T09:00:00.999Z'), '2026-03-09T09:00:00Z'],
		[{ toMillis: () => Date.UTC(2026, 2, 9) }, '2026-03-09T00:00:00Z'],
	])('%j', (deferUntil, utc) => {
		expect(deferredTo(deferUntil)).toBe(utc);
	});

	it('takes a Luxon DateTime, as $now gives it', () => {
		// The host's own copy, found through it: this package does not depend on Luxon.
		const { DateTime } = jest.requireActual<{ DateTime: { fromISO(text: string): unknown } }>(
			require.resolve('luxon', { paths: [require.resolve('n8n-workflow')] }),
		);
		expect(deferredTo(DateTime.fromISO('2026-03-09T09:00:00Z'))).toBe('2026-03-09T09:00:00Z');
		expect(refusalsOf({ options: { deferUntil: DateTime.fromISO('nonsense') } })).toHaveLength(1);
	});

	it.each([
		// Clocks go from 02:00 to 03:00: the hour between does not exist (RFC 5545 §3.3.5).
		['Europe/Berlin', '2026-03-29T02:30:00', '2026-03-29T01:30:00Z'],
		['Europe/Berlin', '2026-03-29T01:59:59', '2026-03-29T00:59:59Z'],
		['Europe/Berlin', '2026-03-29T03:00:00', '2026-03-29T01:00:00Z'],
		['America/New_York', '2026-03-08T02:30:00', '2026-03-08T07:30:00Z'],
		// Clocks go back: the hour comes twice, and the first is meant.
		['Europe/Berlin', '2026-10-25T02:30:00', '2026-10-25T00:30:00Z'],
		['Europe/Berlin', '2026-10-25T01:59:59', '2026-10-24T23:59:59Z'],
		['Europe/Berlin', '2026-10-25T03:00:00', '2026-10-25T02:00:00Z'],
		['America/New_York', '2026-11-01T01:30:00', '2026-11-01T05:30:00Z'],
		// By half an hour, at midnight, and not by whole hours at all
		['Australia/Lord_Howe', '2026-10-04T02:15:00', '2026-10-03T15:45:00Z'],
		['America/Santiago', '2026-09-06T00:30:00', '2026-09-06T04:30:00Z'],
		['Asia/Kathmandu', '2026-06-01T09:00:00', '2026-06-01T03:15:00Z'],
		['Pacific/Kiritimati', '2026-06-01T09:00:00', '2026-05-31T19:00:00Z'],
		['UTC', '2026-06-01T09:00:00', '2026-06-01T09:00:00Z'],
	])('in %s, %s is %s', (timeZone, local, utc) => {
		expect(deferredTo(local, timeZone)).toBe(utc);
	});

	it.each([
		['2026-03-02T09:00:00', '2026-03-02T08:00:00Z'],
		['2026-03-01', '2026-02-28T23:00:00Z'],
		['1999-12-31T23:59:59Z', '1999-12-31T23:59:59Z'],
	])('%s has passed and is refused', (deferUntil, value) => {
		expect(refusalsOf({ options: { deferUntil } })).toEqual([
			{
				field: 'Defer Until',
				parameter: 'deferUntil',
				value,
				cause: 'The delivery time has already passed.',
				remedy: 'Choose a time in the future, or remove the option to send at once.',
			},
		]);
	});

	it('a second later has not', () => {
		expect(deferredTo('2026-03-02T09:00:01')).toBe('2026-03-02T08:00:01Z');
	});

	it.each([
		'tomorrow',
		'2026',
		'2026-13-01',
		'2026-02-29',
		'2026-03-09T24:00:00',
		'2026-03-09T09:60',
		'09.03.2026',
		'2026-03-09T09:00:00+25:00',
		'12026-03-09',
		'0001-01-01',
		'2026-03-09Z',
		1773046800000,
		NaN,
		true,
		{},
		[],
		new Date(NaN),
	])('%j cannot be read as a date', (deferUntil) => {
		expect(refusalsOf({ options: { deferUntil } })[0]?.cause).toMatch(
			/^The delivery time cannot be read as a date; the value is /,
		);
	});

	it('needs a time zone that exists', () => {
		const refusals = refusalsOf({ options: { deferUntil: '2026-03-09' }, timeZone: 'DEFAULT' });
		expect(refusals).toEqual([expect.objectContaining({ value: 'DEFAULT' })]);
	});
});
