import type { NodeExecutionHint } from 'n8n-workflow';
import { openPace } from '#node/operations/openPace';
import { settled, TestClock } from '../delivery/testClock';

/** A run whose hints, log and browser console can be read. */
function openRun(mails: number, messagesPerMinute: number | undefined) {
	const hints: string[] = [];
	const log: string[] = [];
	const browser: unknown[] = [];
	const context = {
		getNode: () => ({ name: 'Welcome' }),
		addExecutionHints: ({ message }: NodeExecutionHint) => void hints.push(message),
		sendMessageToUI: (text: unknown) => void browser.push(text),
		logger: {
			info: (line: string) => void log.push(`info ${line}`),
			debug: (line: string) => void log.push(`debug ${line}`),
		},
	} as unknown as Parameters<typeof openPace>[0];
	const clock = new TestClock();
	const speed = messagesPerMinute === undefined ? {} : { messagesPerMinute };
	return { hints, log, browser, clock, pace: openPace(context, mails, speed, clock) };
}

test('without a pace nothing is told', () => {
	const { pace, hints, log, browser } = openRun(10_000, undefined);
	expect(pace).toBeUndefined();
	expect([...hints, ...log, ...browser]).toEqual([]);
});

test('nor of a run of less than a minute', async () => {
	const { pace, hints, log, browser, clock } = openRun(30, 30);
	for (let mail = 0; mail < 30; mail++) void pace?.turn();
	await clock.move(60_000);
	expect([...hints, ...log, ...browser]).toEqual([]);
});

test.each([
	[31, 30, '31 mails at 30 per minute take about 1 min'],
	[200, 30, '200 mails at 30 per minute take about 6 min 38 s'],
	[3901, 30, '3901 mails at 30 per minute take about 2 h 10 min'],
	[2, 0.5, '2 mails at 0.5 per minute take about 2 min'],
])('of %i mails at %d a minute it is told how long they take', (mails, perMinute, takes) => {
	const { hints, log, browser, clock } = openRun(mails, perMinute);
	const endsAt = new Date(clock.now() + ((mails - 1) * 60_000) / perMinute).toISOString();
	expect(hints).toEqual([`${takes}.`]);
	expect(browser).toEqual([`${takes}, until ${endsAt}.`]);
	expect(log).toEqual([`info Welcome: ${takes}, until ${endsAt}.`]);
});

test('every minute log and browser have the mails and the time that are left', async () => {
	const { pace, log, browser, clock } = openRun(76, 30);
	for (let mail = 0; mail < 76; mail++) void pace?.turn();
	await settled();
	await clock.move(150_000);
	expect(log.slice(1)).toEqual([
		'debug Welcome: 45 of 76 mails are left, for about 1 min 30 s.',
		'debug Welcome: 15 of 76 mails are left, for about 30 s.',
	]);
	expect(browser).toHaveLength(3);
	expect(clock.pending).toBe(0);
});

test('a mail that needs no turn counts as done all the same', async () => {
	const { pace, log, clock } = openRun(40, 30);
	for (let mail = 0; mail < 40; mail++) void pace?.turn();
	for (let earlier = 0; earlier < 5; earlier++) pace?.giveBack();
	await settled();
	await clock.move(60_000);
	expect(log.slice(1)).toEqual(['debug Welcome: 4 of 40 mails are left, for about 8 s.']);
});

test('an older host that shows neither is asked for neither', () => {
	const context = { getNode: () => ({ name: 'Welcome' }) } as Parameters<typeof openPace>[0];
	expect(openPace(context, 100, { messagesPerMinute: 30 })).toBeDefined();
});
