import { AppLanes, type Entry, type LaneUser, type Pass } from '#node/delivery/appLanes';
import { answered } from '#node/graph/exchange';
import { settled, TestClock } from './testClock';

const refusal = answered({ status: 429, headers: { 'retry-after': '5' }, body: '' });

/** An app, and a log of who got a lane, in order. */
function app() {
	const clock = new TestClock();
	const lanes = new AppLanes(clock);
	const log: string[] = [];
	const passes: Pass[] = [];
	const ask = (user: LaneUser, name: string, times = 1, maxWaitMs = 600_000) =>
		Array.from({ length: times }, async () => {
			const entry = await user.enter({ maxWaitMs });
			log.push(entry.kind === 'entered' ? name : `${name} ${entry.kind}`);
			if (entry.kind === 'entered') passes.push(entry.pass);
			return entry;
		});
	const end = async (kind: 'served' | 'turnedAway' = 'served', retryAfterMs = 5_000) => {
		const pass = passes.shift();
		if (!pass) throw new Error('nothing is under way');
		pass.giveBack(kind === 'served' ? { kind } : { kind, exchange: refusal, retryAfterMs });
		await settled();
	};
	/** Opens all four lanes by serving three requests. */
	const warm = async () => {
		const user = lanes.open();
		for (let time = 0; time < 3; time++) {
			void ask(user, 'warm');
			await settled();
			await end();
		}
		user.close();
		log.length = 0;
	};
	return { clock, lanes, log, passes, ask, end, warm };
}

test('a run of many does not starve a run of few: executions take turns', async () => {
	const { lanes, log, ask, end, warm } = app();
	await warm();
	void ask(lanes.open(), 'many', 100);
	await settled();
	void ask(lanes.open(), 'few', 3);
	for (let time = 0; time < 6; time++) await end();
	expect(log.slice(4)).toEqual(['many', 'few', 'many', 'few', 'many', 'few']);
});

test('no more than four are under way, whoever they belong to', async () => {
	const { lanes, passes, ask, warm } = app();
	await warm();
	for (const name of ['a', 'b', 'c']) void ask(lanes.open(), name, 3);
	await settled();
	expect(passes).toHaveLength(4);
});

test('when one is turned away, nobody of the app enters before the time named', async () => {
	const { clock, lanes, log, ask, end, warm } = app();
	await warm();
	void ask(lanes.open(), 'a', 2);
	await settled();
	await end('turnedAway', 5_000);
	await end();
	log.length = 0;
	void ask(lanes.open(), 'b', 1);
	await clock.move(4_999);
	expect(log).toEqual([]);
	await clock.move(1);
	expect(log).toEqual(['b']);
});

test('whoever cannot wait for so long is told at once, and why', async () => {
	const { lanes, log, ask, end } = app();
	const user = lanes.open();
	void ask(user, 'a');
	const [waiting] = ask(user, 'b', 1, 60_000) as [Promise<Entry>];
	await settled();
	await end('turnedAway', 3_600_000);
	expect(await waiting).toEqual({ kind: 'closed', exchange: refusal });
	await Promise.all(ask(lanes.open(), 'c', 1, 60_000));
	expect(log).toEqual(['a', 'b closed', 'c closed']);
});

test('a stopped execution leaves the line at once', async () => {
	const { clock, lanes, passes, ask, end } = app();
	const user = lanes.open();
	void ask(user, 'a');
	await settled();
	await end('turnedAway');
	const stop = new AbortController();
	const waiting = user.enter({ maxWaitMs: 600_000, signal: stop.signal });
	stop.abort();
	expect(await waiting).toEqual({ kind: 'stopped' });
	expect(await user.enter({ maxWaitMs: 1, signal: stop.signal })).toEqual({ kind: 'stopped' });
	await clock.move(60_000);
	expect(passes).toHaveLength(0);
});

test('an app that nobody uses keeps no timer', async () => {
	const { clock, lanes, ask, end } = app();
	const user = lanes.open();
	void ask(user, 'a', 2);
	await settled();
	await end('turnedAway');
	expect(clock.pending).toBe(1);
	user.close();
	expect(clock.pending).toBe(0);
});
