import { AppLanes, type LaneUser } from '#node/delivery/appLanes';
import { deliver } from '#node/delivery/deliver';
import type { Job } from '#node/delivery/job';
import { DEFAULT_RETRY_POLICY, type RetryPolicy } from '#node/delivery/retryPolicy';
import type { MarkStore } from '#node/delivery/once/markStore';
import { SendOnceRegister } from '#node/delivery/once/sendOnceRegister';
import { answered as answeredWith, broken, type Exchange } from '#node/graph/exchange';
import { settled, TestClock } from './testClock';

const accepted: Exchange = answered(202);
const cut = broken('afterRequest', new Error('cut'));
const unreachable = broken('beforeRequest', new Error('no'));

function answered(status: number, headers: Record<string, string> = {}): Exchange {
	return answeredWith({ status, headers, body: '' });
}

/** A job that goes through the given exchanges, and counts how often it was tried. */
function job(...exchanges: Exchange[]): Job & { ids: string[] } {
	const ids: string[] = [];
	return {
		ids,
		attempt: async (clientRequestId) => {
			ids.push(clientRequestId);
			const exchange = exchanges[ids.length - 1];
			if (!exchange) throw new Error('tried more often than expected');
			return exchange;
		},
	};
}

/** A policy whose waits end at once and are written down. */
function recordingPolicy(changes: Partial<RetryPolicy> = {}): RetryPolicy & { waits: number[] } {
	const waits: number[] = [];
	return {
		...DEFAULT_RETRY_POLICY,
		random: () => 1,
		now: () => new Date('2026-11-22T10:00:00Z'),
		wait: async (delayMs, signal) => {
			waits.push(delayMs);
			return signal?.aborted ? 'stopped' : 'waited';
		},
		...changes,
		waits,
	};
}

test('an accepted job is tried once', async () => {
	const one = job(accepted);
	const [delivery] = await deliver([one], {
		lanes: 4,
		retry: recordingPolicy(),
		continueOnFail: false,
	});
	expect(delivery).toMatchObject({ verdict: 'accepted', attempts: 1 });
	expect(one.ids).toHaveLength(1);
});

test('a job that is turned away waits as the server says and goes again under the same id', async () => {
	const one = job(
		answered(429, { 'retry-after': '2' }),
		answered(503, { 'retry-after': 'Sun, 22 Nov 2026 10:00:07 GMT' }),
		accepted,
	);
	const retry = recordingPolicy();
	const [delivery] = await deliver([one], { lanes: 4, retry, continueOnFail: false });
	expect(delivery).toMatchObject({ verdict: 'accepted', attempts: 3 });
	expect(retry.waits).toEqual([2000, 7000]);
	expect(new Set(one.ids).size).toBe(1);
});

test('what never left is tried again with growing waits', async () => {
	const retry = recordingPolicy();
	await deliver([job(unreachable, unreachable, unreachable, accepted)], {
		lanes: 1,
		retry,
		continueOnFail: false,
	});
	expect(retry.waits).toEqual([500, 1000, 2000]);
});

test('an unknown outcome is not repeated', async () => {
	const one = job(cut);
	const [delivery] = await deliver([one], {
		lanes: 1,
		retry: recordingPolicy(),
		continueOnFail: false,
	});
	expect(delivery).toMatchObject({ verdict: 'unknown', attempts: 1 });
});

test('an unknown outcome is repeated when the designer asks for it', async () => {
	const one = job(cut, answered(504), accepted);
	const [delivery] = await deliver([one], {
		lanes: 1,
		retry: recordingPolicy({ onUnknownOutcome: 'retry' }),
		continueOnFail: false,
	});
	expect(delivery).toMatchObject({ verdict: 'accepted', attempts: 3 });
});

test('attempts are capped', async () => {
	const retry = recordingPolicy({ maxAttempts: 3 });
	const one = job(unreachable, unreachable, unreachable);
	const [delivery] = await deliver([one], { lanes: 1, retry, continueOnFail: false });
	expect(delivery).toMatchObject({ verdict: 'notTaken', attempts: 3 });
});

test('a wait that would exceed the cap is not begun', async () => {
	const retry = recordingPolicy({ maxWaitMs: 10_000 });
	const one = job(answered(429, { 'retry-after': '3600' }));
	const [delivery] = await deliver([one], { lanes: 1, retry, continueOnFail: false });
	expect(delivery).toMatchObject({ verdict: 'throttled', attempts: 1 });
	expect(retry.waits).toEqual([]);
});

test('without continueOnFail nothing new starts after a failure, and what is under way ends', async () => {
	let letFirstEnd: (exchange: Exchange) => void = () => {};
	const slow: Job = { attempt: async () => await new Promise((end) => (letFirstEnd = end)) };
	const failing: Job = {
		attempt: async () => {
			letFirstEnd(accepted);
			return answered(400);
		},
	};
	const never = job();
	const deliveries = await deliver([slow, failing, never, never], {
		lanes: 2,
		retry: recordingPolicy(),
		continueOnFail: false,
	});
	expect(deliveries.map(({ verdict }) => verdict)).toEqual([
		'accepted',
		'refused',
		'notTried',
		'notTried',
	]);
	expect(never.ids).toHaveLength(0);
});

test('with continueOnFail the others go on, in input order', async () => {
	const deliveries = await deliver([job(accepted), job(answered(400)), job(accepted)], {
		lanes: 4,
		retry: recordingPolicy(),
		continueOnFail: true,
	});
	expect(deliveries.map(({ verdict }) => verdict)).toEqual(['accepted', 'refused', 'accepted']);
});

test('no more than the given lanes are under way at once', async () => {
	let underWay = 0;
	let most = 0;
	const busy: Job = {
		attempt: async () => {
			most = Math.max(most, ++underWay);
			await new Promise(setImmediate);
			underWay--;
			return accepted;
		},
	};
	await deliver(Array<Job>(20).fill(busy), {
		lanes: 4,
		retry: recordingPolicy(),
		continueOnFail: false,
	});
	expect(most).toBe(4);
});

test('a stopped execution starts no further job and ends a wait', async () => {
	const stop = new AbortController();
	const one: Job = {
		attempt: async () => {
			stop.abort();
			return answered(429, { 'retry-after': '60' });
		},
	};
	const never = job();
	const deliveries = await deliver([one, never], {
		lanes: 1,
		retry: DEFAULT_RETRY_POLICY,
		continueOnFail: true,
		signal: stop.signal,
	});
	expect(deliveries.map(({ verdict }) => verdict)).toEqual(['throttled', 'notTried']);
});

test('a failure without continueOnFail ends the waits of the others: nothing more is sent', async () => {
	let fail: () => void = () => {};
	const failing: Job = {
		attempt: async () =>
			await new Promise((resolve) => {
				fail = () => resolve(answered(400));
			}),
	};
	const turnedAway = job(answered(429, { 'retry-after': '60' }));
	const retry = {
		...DEFAULT_RETRY_POLICY,
		wait: async (delayMs: number, signal?: AbortSignal) => {
			const wait = DEFAULT_RETRY_POLICY.wait(delayMs, signal);
			fail();
			return await wait;
		},
	};
	const deliveries = await deliver([failing, turnedAway, job()], {
		lanes: 2,
		retry,
		continueOnFail: false,
	});
	expect(deliveries.map(({ verdict }) => verdict)).toEqual(['refused', 'throttled', 'notTried']);
	expect(turnedAway.ids).toHaveLength(1);
});

test('a failure without continueOnFail lets nobody in who waits for a lane of the app', async () => {
	const shared = new AppLanes(new TestClock()).open();
	const never = job();
	const deliveries = await deliver([job(answered(400)), never, never, never], {
		lanes: 4,
		shared,
		retry: recordingPolicy(),
		continueOnFail: false,
	});
	expect(deliveries.map(({ verdict }) => verdict)).toEqual([
		'refused',
		'notTried',
		'notTried',
		'notTried',
	]);
	expect(never.ids).toHaveLength(0);
});

test('an app that Graph turns away for too long fails its mails without trying each', async () => {
	const shared = new AppLanes(new TestClock()).open();
	const never = job();
	const deliveries = await deliver([job(answered(429, { 'retry-after': '99999' })), never, never], {
		lanes: 4,
		shared,
		retry: recordingPolicy(),
		continueOnFail: true,
	});
	expect(deliveries.map(({ verdict, attempts }) => [verdict, attempts])).toEqual([
		['throttled', 1],
		['throttled', 0],
		['throttled', 0],
	]);
});

test('a pace that is stopped starts no further job', async () => {
	const stop = new AbortController();
	const one = job(accepted);
	const deliveries = await deliver([one, job()], {
		lanes: 1,
		retry: recordingPolicy(),
		continueOnFail: true,
		signal: stop.signal,
		pace: {
			giveBack: () => {},
			turn: async () => {
				if (one.ids.length === 0) return 'started';
				stop.abort();
				return 'stopped';
			},
		},
	});
	expect(deliveries.map(({ verdict }) => verdict)).toEqual(['accepted', 'notTried']);
});

describe('a job with a key', () => {
	const once = { key: 'welcome', forget: false };
	let marks: string[];
	let register: SendOnceRegister;
	beforeEach(() => {
		marks = [];
		const store: MarkStore = {
			record: async (wanted) => {
				const there = new Set(wanted.filter((mark) => marks.includes(mark)));
				marks.push(...wanted.filter((mark) => !there.has(mark)));
				return there;
			},
			remove: async (gone) => void (marks = marks.filter((mark) => !gone.includes(mark))),
		};
		register = new SendOnceRegister(store, { scopeName: `deliver ${Math.random()}` });
	});
	const plan = (shared: LaneUser) => ({
		...{ lanes: 4, shared, register, retry: recordingPolicy(), continueOnFail: false },
	});

	test('is not marked as started while it waits for a lane', async () => {
		const lanes = new AppLanes(new TestClock());
		const others = await lanes.open().enter({ maxWaitMs: 0 });
		const stop = new AbortController();
		const delivering = deliver([{ ...job(), once }], {
			...plan(lanes.open()),
			signal: stop.signal,
		});
		await settled();
		expect(marks).toEqual([]);
		stop.abort();
		expect((await delivering)[0]).toMatchObject({ verdict: 'notTried', attempts: 0 });
		expect(await register.close()).toEqual([]);
		expect(others.kind).toBe('entered');
	});

	test('is not marked as started while Graph makes it wait', async () => {
		const seen: string[][] = [];
		const retry = recordingPolicy({
			wait: async () => {
				await settled();
				seen.push([...marks]);
				return 'waited';
			},
		});
		const one = job(answered(429), unreachable, accepted);
		const attempt = one.attempt.bind(one);
		one.attempt = async (id) => {
			expect(marks).toEqual(['started:welcome']);
			return await attempt(id);
		};
		const [delivery] = await deliver([{ ...one, once }], {
			...{ lanes: 1, register, retry, continueOnFail: true },
		});
		await register.close();
		expect(delivery).toMatchObject({ verdict: 'accepted', attempts: 3, mayBeDuplicate: false });
		expect(seen).toEqual([[], []]);
		expect(marks).toEqual(['started:welcome', 'done:welcome']);
	});

	test('that may have been taken stays marked, whatever comes after', async () => {
		const seen: string[][] = [];
		const retry = recordingPolicy({
			onUnknownOutcome: 'retry',
			wait: async () => {
				await settled();
				seen.push([...marks]);
				return 'waited';
			},
		});
		const one = { ...job(cut, answered(429), answered(400)), once };
		const [delivery] = await deliver([one], {
			...{ lanes: 1, register, retry, continueOnFail: true },
		});
		await register.close();
		expect(delivery).toMatchObject({ verdict: 'refused', mayBeDuplicate: true });
		expect(seen).toEqual([['started:welcome'], ['started:welcome']]);
		expect(marks).toEqual(['started:welcome']);
	});

	test('and others that have the same key take no lane while the first is under way', async () => {
		const shared = new AppLanes(new TestClock()).open();
		const first = job(accepted);
		const deliveries = await deliver(
			[first, job(), job(), job(), job()].map((one) => ({ ...one, once })),
			plan(shared),
		);
		expect(deliveries.map(({ verdict }) => verdict)).toEqual([
			'accepted',
			...Array<string>(4).fill('alreadySent'),
		]);
	});

	test('whose mark is written while another fails does not leave, and is released', async () => {
		const shared = new AppLanes(new TestClock()).open();
		const never = job();
		const stop = new AbortController();
		marks = [];
		const record = jest.spyOn(register, 'queueFor');
		record.mockImplementationOnce(async (key, options) => {
			const turn = await register.queueFor(key, options);
			if ('kind' in turn) return turn;
			const claim = async () => {
				const claimed = await turn.claim();
				stop.abort();
				return claimed;
			};
			return { ...turn, claim };
		});
		const deliveries = await deliver([{ ...never, once }], {
			...plan(shared),
			signal: stop.signal,
		});
		await register.close();
		expect(deliveries[0]?.verdict).toBe('notTried');
		expect(never.ids).toHaveLength(0);
		expect(marks).toEqual([]);
	});
});
