import { LaneLimit, MAX_LANES } from '#node/delivery/laneLimit';
import { TestClock } from './testClock';

function limited() {
	const clock = new TestClock();
	const limit = new LaneLimit(clock.now, clock.random);
	return {
		clock,
		limit,
		serve: (times: number) => {
			for (let time = 0; time < times; time++) limit.served(clock.now());
		},
	};
}

test('lanes open one by one as mails go through, up to what Graph serves', () => {
	const { limit, serve } = limited();
	const opened = [limit.lanes];
	for (let mail = 0; mail < 5; mail++) {
		serve(1);
		opened.push(limit.lanes);
	}
	expect(opened).toEqual([1, 2, 3, 4, 4, 4]);
	expect(MAX_LANES).toBe(4);
});

test('a request that is turned away closes one lane, and all of them for the time named', () => {
	const { clock, limit, serve } = limited();
	serve(3);
	limit.turnedAway(clock.now(), 2_000);
	expect(limit.lanes).toBe(3);
	expect(limit.closedUntil).toBeGreaterThanOrEqual(clock.now() + 2_000);
	expect(limit.closedUntil).toBeLessThanOrEqual(clock.now() + 3_000);
});

test('requests that were under way together and are turned away together close one lane', async () => {
	const { clock, limit, serve } = limited();
	serve(3);
	const began = clock.now();
	await clock.move(50);
	for (let time = 0; time < 4; time++) limit.turnedAway(began, 1_000);
	expect(limit.lanes).toBe(3);
});

test('a later one of them may name a later time', async () => {
	const { clock, limit } = limited();
	const began = clock.now();
	await clock.move(50);
	limit.turnedAway(began, 1_000);
	limit.turnedAway(began, 60_000);
	expect(limit.closedUntil).toBeGreaterThanOrEqual(clock.now() + 60_000);
});

test('one lane stays, and pauses grow while it is turned away again and again', async () => {
	const { clock, limit } = limited();
	const pauses: number[] = [];
	for (let time = 0; time < 7; time++) {
		limit.turnedAway(clock.now(), 1_000);
		pauses.push(limit.closedUntil - clock.now());
		await clock.move(limit.closedUntil - clock.now());
	}
	expect(limit.lanes).toBe(1);
	expect(pauses).toEqual([1_000, 1_500, 2_500, 4_500, 4_500, 4_500, 4_500]);
	limit.served(clock.now());
	limit.turnedAway(clock.now(), 1_000);
	expect(limit.closedUntil - clock.now()).toBe(1_000);
});

test('lanes come back after patience and mails, sooner when that goes well', async () => {
	const { clock, limit, serve } = limited();
	serve(1);
	limit.turnedAway(clock.now(), 1_000);
	await clock.move(1_000 + 7_999);
	serve(8);
	expect(limit.lanes).toBe(1);
	await clock.move(1);
	serve(1);
	expect(limit.lanes).toBe(2);

	await clock.move(2 * 2_000 - 1);
	serve(16);
	expect(limit.lanes).toBe(2);
	await clock.move(1);
	serve(1);
	expect(limit.lanes).toBe(3);
});

test('the more lanes there are, the longer the patience after one was closed', async () => {
	const { clock, limit, serve } = limited();
	serve(2);
	limit.turnedAway(clock.now(), 1_000);
	expect(limit.lanes).toBe(2);
	await clock.move(1_000 + 2 * 8_000 - 1);
	serve(16);
	expect(limit.lanes).toBe(2);
	await clock.move(1);
	serve(1);
	expect(limit.lanes).toBe(3);
});

test('without a time named it is a second', () => {
	const { clock, limit } = limited();
	limit.turnedAway(clock.now(), undefined);
	expect(limit.closedUntil - clock.now()).toBe(1_000);
});

test('an absurd time is remembered as promised, but the app is asked again after ten minutes', () => {
	const { clock, limit } = limited();
	limit.turnedAway(clock.now(), 1e12);
	expect(limit.promisedFrom).toBe(clock.now() + 1e12);
	expect(limit.closedUntil - clock.now()).toBeLessThanOrEqual(15 * 60_000);
});
