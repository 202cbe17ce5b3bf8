import { LaneLimit, MAX_LANES } from '#node/delivery/laneLimit';
import { TestClock } from './testClock';

function limited() {
	const clock = new TestClock();
	const limit = new LaneLimit(clock);
	return {
		clock,
		limit,
		serve: (times: number) => {
			for (let time = 0; time < times; time++) limit.served(clock.now());
		},
	};
}

/** A limit that a throttling has left with a single lane. */
async function narrowed() {
	const given = limited();
	const { clock, limit } = given;
	while (limit.lanes > 1) {
		limit.throttled(clock.now(), 1_000);
		await clock.move(limit.closedUntil - clock.now());
	}
	return given;
}

test('all lanes that Graph serves are open at the start', () => {
	const { limit, serve } = limited();
	expect(limit.lanes).toBe(4);
	serve(5);
	expect(limit.lanes).toBe(MAX_LANES);
});

test('the first throttling closes half of the lanes, each later one a lane; all pause as told', async () => {
	const { clock, limit } = limited();
	const lanes: number[] = [];
	for (let time = 0; time < 3; time++) {
		limit.throttled(clock.now(), 2_000);
		lanes.push(limit.lanes);
		expect(limit.closedUntil - clock.now()).toBeGreaterThanOrEqual(2_000);
		expect(limit.closedUntil - clock.now()).toBeLessThanOrEqual(5_000);
		await clock.move(limit.closedUntil - clock.now());
	}
	expect(lanes).toEqual([2, 1, 1]);
});

test('requests that were in flight together and are throttled together are one lesson', async () => {
	const { clock, limit } = limited();
	const began = clock.now();
	await clock.move(50);
	for (let time = 0; time < 4; time++) limit.throttled(began, 1_000);
	expect(limit.lanes).toBe(2);
});

test('a later one of them may name a later time', async () => {
	const { clock, limit } = limited();
	const began = clock.now();
	await clock.move(50);
	limit.throttled(began, 1_000);
	limit.throttled(began, 60_000);
	expect(limit.closedUntil).toBeGreaterThanOrEqual(clock.now() + 60_000);
});

test('one lane stays, and pauses grow while it is throttled again and again', async () => {
	const { clock, limit } = await narrowed();
	limit.served(clock.now());
	const pauses: number[] = [];
	for (let time = 0; time < 7; time++) {
		limit.throttled(clock.now(), 1_000);
		pauses.push(limit.closedUntil - clock.now());
		await clock.move(limit.closedUntil - clock.now());
	}
	expect(limit.lanes).toBe(1);
	expect(pauses).toEqual([1_000, 1_500, 2_500, 4_500, 6_500, 6_500, 6_500]);
	limit.served(clock.now());
	limit.throttled(clock.now(), 1_000);
	expect(limit.closedUntil - clock.now()).toBe(1_000);
});

test('a pause grows by a minute at most: what Graph named is not stretched beyond the patience of jobs', async () => {
	const { clock, limit } = await narrowed();
	for (let time = 0; time < 6; time++) {
		limit.throttled(clock.now(), 120_000);
		expect(limit.closedUntil - clock.now()).toBeLessThanOrEqual(180_000);
		await clock.move(limit.closedUntil - clock.now());
	}
});

test('lanes come back after patience and mails, sooner when that goes well', async () => {
	const { clock, limit, serve } = await narrowed();
	limit.served(clock.now());
	limit.throttled(clock.now(), 1_000);
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

test('without a time named it is a second', async () => {
	const { clock, limit } = await narrowed();
	limit.served(clock.now());
	limit.throttled(clock.now(), undefined);
	expect(limit.closedUntil - clock.now()).toBe(1_000);
});

test('a longer promise is forgotten once the mailbox serves again', async () => {
	const { clock, limit } = limited();
	limit.throttled(clock.now(), 3_600_000);
	const inFlight = clock.now() - 1;
	await clock.move(limit.closedUntil - clock.now());
	limit.served(inFlight);
	expect(limit.promisedFrom).toBeGreaterThan(clock.now());
	limit.served(clock.now());
	limit.throttled(clock.now(), 1_000);
	expect(limit.promisedFrom - clock.now()).toBe(1_000);
});

test('an absurd time is remembered as promised, but the app is asked again after ten minutes', () => {
	const { clock, limit } = limited();
	limit.throttled(clock.now(), 1e12);
	expect(limit.promisedFrom).toBe(clock.now() + 1e12);
	expect(limit.closedUntil - clock.now()).toBeLessThanOrEqual(15 * 60_000);
});
