import { createPace, durationMs } from '#node/delivery/pace';
import { settled, TestClock } from './testClock';

test('thirty a minute start two seconds apart, the first at once', async () => {
	const clock = new TestClock();
	const pace = createPace(30, clock);
	const start = clock.now();
	const startedAt: number[] = [];
	for (let job = 0; job < 4; job++) {
		void pace.start().then(() => startedAt.push(clock.now() - start));
	}
	await settled();
	await clock.move(60_000);
	expect(startedAt).toEqual([0, 2_000, 4_000, 6_000]);
});

test('time that passed unused is not made up for', async () => {
	const clock = new TestClock();
	const pace = createPace(30, clock);
	await pace.start();
	await clock.move(60_000);
	await pace.start();
	let third = false;
	void pace.start().then(() => (third = true));
	await clock.move(1_999);
	expect(third).toBe(false);
	await clock.move(1);
	expect(third).toBe(true);
});

test('a stopped execution ends the wait at once', async () => {
	const clock = new TestClock();
	const pace = createPace(1, clock);
	await pace.start();
	const stop = new AbortController();
	const start = pace.start(stop.signal);
	stop.abort();
	expect(await start).toBe('stopped');
	expect(await pace.start(stop.signal)).toBe('stopped');
	expect(clock.pending).toBe(0);
});

test.each([
	[0, 30, 0],
	[1, 30, 0],
	[31, 30, 60_000],
	[1801, 30, 3_600_000],
])('%i jobs at %i a minute take %i ms', (jobs, perMinute, expected) => {
	expect(durationMs(jobs, perMinute)).toBe(expected);
});

test('a start that was not used goes to the next job', async () => {
	const clock = new TestClock();
	const pace = createPace(1, clock);
	await pace.start();
	let second = false;
	void pace.start().then(() => (second = true));
	await settled();
	expect(second).toBe(false);
	pace.giveBack();
	await settled();
	expect(second).toBe(true);
});
