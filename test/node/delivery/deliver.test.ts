import { deliver } from '#node/delivery/deliver';
import type { Job } from '#node/delivery/job';
import { MailboxLanes, type Lanes } from '#node/delivery/lanes';
import { StoreNotReachable, type Claim, type KeyStore } from '#node/delivery/once/keyStore';
import { keysInFlight, SentOnce } from '#node/delivery/once/sentOnce';
import { DEFAULT_RETRY_POLICY as retry } from '#node/delivery/retry';
import type { Clock } from '#node/facts/clock';
import { answered as answeredWith, broken, stopped, type Exchange } from '#node/graph/exchange';
import { afterBy, settled, TestClock } from './testClock';

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

/** A clock whose waits end at once and are written down. */
function instant(onWait: () => Promise<void> | void = () => {}): Clock & { waits: number[] } {
	const waits: number[] = [];
	const wait: Clock['wait'] = async (delayMs, signal) => {
		waits.push(delayMs);
		await onWait();
		return signal?.aborted ? 'stopped' : 'waited';
	};
	const now = () => Date.parse('2026-11-22T10:00:00Z');
	return { waits, now, random: () => 1, wait, after: afterBy(wait) };
}

test('an accepted job is tried once', async () => {
	const one = job(accepted);
	const [delivery] = await deliver([one], {
		simultaneous: 4,
		retry,
		clock: instant(),
		continueOnFail: false,
	});
	expect(delivery).toMatchObject({ verdict: 'accepted', attempts: 1 });
	expect(one.ids).toHaveLength(1);
});

test('a job that is throttled waits as the server says and goes again under the same id', async () => {
	const one = job(
		answered(429, { 'retry-after': '2' }),
		answered(503, { 'retry-after': 'Sun, 22 Nov 2026 10:00:07 GMT' }),
		accepted,
	);
	const clock = instant();
	const [delivery] = await deliver([one], { simultaneous: 4, retry, clock, continueOnFail: false });
	expect(delivery).toMatchObject({ verdict: 'accepted', attempts: 3 });
	expect(clock.waits).toEqual([2000, 7000]);
	expect(new Set(one.ids).size).toBe(1);
});

test('what never left is tried again with growing waits', async () => {
	const clock = instant();
	await deliver([job(unreachable, unreachable, unreachable, accepted)], {
		simultaneous: 1,
		retry,
		clock,
		continueOnFail: false,
	});
	expect(clock.waits).toEqual([500, 1000, 2000]);
});

test('an unknown outcome is not repeated', async () => {
	const one = job(cut);
	const [delivery] = await deliver([one], {
		simultaneous: 1,
		retry,
		clock: instant(),
		continueOnFail: false,
	});
	expect(delivery).toMatchObject({ verdict: 'unknown', attempts: 1 });
});

test('an unknown outcome is repeated when the designer asks for it', async () => {
	const one = job(cut, answered(504), accepted);
	const [delivery] = await deliver([one], {
		simultaneous: 1,
		retry: { ...retry, onUnknownOutcome: 'retry' },
		clock: instant(),
		continueOnFail: false,
	});
	expect(delivery).toMatchObject({ verdict: 'accepted', attempts: 3 });
});

test('attempts are capped', async () => {
	const one = job(unreachable, unreachable, unreachable);
	const [delivery] = await deliver([one], {
		simultaneous: 1,
		retry: { ...retry, maxFailures: 3 },
		clock: instant(),
		continueOnFail: false,
	});
	expect(delivery).toMatchObject({ verdict: 'notTaken', attempts: 3 });
});

test('a wait that would exceed the cap is not begun', async () => {
	const clock = instant();
	const one = job(answered(429, { 'retry-after': '3600' }));
	const [delivery] = await deliver([one], { simultaneous: 1, retry, clock, continueOnFail: false });
	expect(delivery).toMatchObject({ verdict: 'throttled', attempts: 1 });
	expect(clock.waits).toEqual([]);
});

test('without continueOnFail nothing new starts after a failure, and what is in flight ends', async () => {
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
		simultaneous: 2,
		retry,
		clock: instant(),
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
		simultaneous: 4,
		retry,
		clock: instant(),
		continueOnFail: true,
	});
	expect(deliveries.map(({ verdict }) => verdict)).toEqual(['accepted', 'refused', 'accepted']);
});

test('no more than the given jobs are in flight at once', async () => {
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
		simultaneous: 4,
		retry,
		clock: instant(),
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
		clock: instant(),
		simultaneous: 1,
		retry,
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
	const throttled = job(answered(429, { 'retry-after': '60' }));
	const deliveries = await deliver([failing, throttled, job()], {
		simultaneous: 2,
		retry,
		clock: instant(async () => {
			fail();
			await settled();
		}),
		continueOnFail: false,
	});
	expect(deliveries.map(({ verdict }) => verdict)).toEqual(['refused', 'throttled', 'notTried']);
	expect(throttled.ids).toHaveLength(1);
});

/** A mailbox with one lane that is free. */
async function singleLane(): Promise<Lanes> {
	const mailbox = new MailboxLanes(new TestClock());
	const others = mailbox.open();
	for (let lane = 0; lane < 3; lane++) await others.enter({ maxWaitMs: 0 });
	return mailbox.open();
}

test('a failure without continueOnFail lets nobody in who waits for a lane', async () => {
	const lanes = await singleLane();
	const never = job();
	const deliveries = await deliver([job(answered(400)), never, never, never], {
		simultaneous: 4,
		lanes,
		retry,
		clock: instant(),
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

test('a mailbox that Graph throttles for too long fails its emails without trying each', async () => {
	const lanes = await singleLane();
	const never = job();
	const deliveries = await deliver([job(answered(429, { 'retry-after': '99999' })), never, never], {
		simultaneous: 4,
		lanes,
		retry,
		clock: instant(),
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
		simultaneous: 1,
		retry,
		clock: instant(),
		continueOnFail: true,
		signal: stop.signal,
		pace: {
			giveBack: () => {},
			start: async () => {
				if (one.ids.length === 0) return 'started';
				stop.abort();
				return 'stopped';
			},
		},
	});
	expect(deliveries.map(({ verdict }) => verdict)).toEqual(['accepted', 'notTried']);
});

test('throttled attempts do not use up those of a broken connection', async () => {
	const exchanges = [...Array<Exchange>(20).fill(answered(429)), unreachable, accepted];
	const [delivery] = await deliver([job(...exchanges)], {
		simultaneous: 1,
		retry: { ...retry, maxFailures: 2, maxWaitMs: Infinity },
		clock: instant(),
		continueOnFail: false,
	});
	expect(delivery).toMatchObject({ verdict: 'accepted', attempts: 22 });
});

test('the time in the queue counts against the ten minutes', async () => {
	const clock = new TestClock();
	const mailbox = new MailboxLanes(clock);
	const others = await Promise.all(
		[1, 2, 3, 4].map(async () => await mailbox.open().enter({ maxWaitMs: 0 })),
	);
	const one = job(answered(429, { 'retry-after': '120' }));
	const delivering = deliver([one], {
		...{ simultaneous: 1, retry, clock, continueOnFail: true },
		lanes: mailbox.open(),
	});
	await clock.move(9 * 60_000);
	for (const other of others) {
		if (other.kind === 'entered') other.permission.giveBack({ kind: 'served' });
	}
	expect(await delivering).toMatchObject([{ verdict: 'throttled', attempts: 1 }]);
});

describe('what a job needs before an attempt', () => {
	const noToken = broken('beforeRequest', new Error('no token'), { renewing: true });

	test('is fetched before it takes a lane', async () => {
		const mailbox = new MailboxLanes(new TestClock());
		const hanging: Job = {
			prepare: async () => await new Promise(() => {}),
			attempt: async () => accepted,
		};
		void deliver(Array<Job>(4).fill(hanging), {
			...{ simultaneous: 4, retry, clock: instant(), continueOnFail: true },
			lanes: mailbox.open(),
		});
		await settled();
		const deliveries = await deliver([job(accepted)], {
			...{ simultaneous: 1, retry, clock: instant(), continueOnFail: true },
			lanes: mailbox.open(),
		});
		expect(deliveries).toMatchObject([{ verdict: 'accepted' }]);
	});

	test('is tried again while it fails for the moment', async () => {
		const one = job(accepted);
		const obstacles = [noToken, noToken];
		const prepare = async () => obstacles.shift();
		const [delivery] = await deliver([{ ...one, prepare }], {
			...{ simultaneous: 1, retry, clock: instant(), continueOnFail: false },
		});
		expect(delivery).toMatchObject({ verdict: 'accepted', attempts: 3 });
		expect(one.ids).toHaveLength(1);
	});
});

test('an exception is an unknown outcome, stops the others and leaves nothing running', async () => {
	const lanes = new MailboxLanes(new TestClock());
	let inFlight = 0;
	const slow: Job = {
		attempt: async () => {
			inFlight++;
			for (let turn = 0; turn < 5; turn++) await settled();
			inFlight--;
			return accepted;
		},
	};
	const throwing: Job = {
		attempt: async () => await Promise.reject(new TypeError('read properties of undefined')),
	};
	const deliveries = await deliver([slow, throwing, slow, job(), job()], {
		...{ simultaneous: 3, retry, clock: instant(), continueOnFail: false },
		lanes: lanes.open(),
	});
	expect(deliveries.map(({ verdict }) => verdict)).toEqual([
		'accepted',
		'unknown',
		'accepted',
		'notTried',
		'notTried',
	]);
	expect(inFlight).toBe(0);
	const others = [1, 2, 3, 4].map(async () => await lanes.open().enter({ maxWaitMs: 0 }));
	expect((await Promise.all(others)).map(({ kind }) => kind)).toEqual(Array(4).fill('entered'));
});

describe('a job with a key', () => {
	const once = { key: 'welcome', forget: false };
	let rows: Map<string, 1 | 2>;
	let store: KeyStore;
	let keys: SentOnce;
	beforeEach(() => {
		rows = new Map();
		store = {
			claim: async (key): Promise<Claim> => {
				const entries = rows.get(key);
				if (entries) return entries === 1 ? 'started' : 'done';
				rows.set(key, 1);
				return 'claimed';
			},
			markDone: async (key) => void rows.set(key, 2),
			count: async (key) => rows.get(key) ?? 0,
			add: async () => {},
			remove: async (key) => void rows.delete(key),
		};
		keys = new SentOnce(store, 'node');
	});
	afterEach(() => expect(keysInFlight.size).toBe(0));
	const plan = (lanes?: Lanes) => ({
		...{ simultaneous: 4, lanes, keys, retry, clock: instant(), continueOnFail: false },
	});

	test('is not claimed while it waits for a lane', async () => {
		const mailbox = new MailboxLanes(new TestClock());
		const others = mailbox.open();
		for (let lane = 0; lane < 4; lane++) await others.enter({ maxWaitMs: 0 });
		const stop = new AbortController();
		const delivering = deliver([{ ...job(), once }], {
			...plan(mailbox.open()),
			signal: stop.signal,
		});
		await settled();
		expect([...rows]).toEqual([]);
		stop.abort();
		expect((await delivering)[0]).toMatchObject({ verdict: 'notTried', attempts: 0 });
	});

	test('nor while there is no token', async () => {
		const stop = new AbortController();
		const prepare = async (signal: AbortSignal) => {
			stop.abort();
			return signal.aborted ? stopped('beforeRequest') : undefined;
		};
		const claim = jest.spyOn(store, 'claim');
		await deliver([{ ...job(), prepare, once }], { ...plan(), signal: stop.signal });
		expect(claim).not.toHaveBeenCalled();
	});

	test('keeps its claim while Graph throttles', async () => {
		const seen: unknown[] = [];
		const one = job(answered(429), unreachable, accepted);
		const [delivery] = await deliver([{ ...one, once }], {
			...plan(),
			clock: instant(() => void seen.push([...rows])),
		});
		expect(delivery).toMatchObject({ verdict: 'accepted', attempts: 3, mayBeDuplicate: false });
		expect(seen).toEqual([[['welcome', 1]], [['welcome', 1]]]);
		expect([...rows]).toEqual([['welcome', 2]]);
	});

	test.each([
		['a refusal for good', answered(400)],
		['a throttling that lasts too long', answered(429, { 'retry-after': '9999' })],
	])('is free again after %s', async (_name, exchange) => {
		await deliver([{ ...job(exchange), once }], plan());
		expect([...rows]).toEqual([]);
	});

	test('is free again when the run is stopped while Graph throttles', async () => {
		const stop = new AbortController();
		const [delivery] = await deliver([{ ...job(answered(429)), once }], {
			...plan(),
			clock: instant(() => stop.abort()),
			signal: stop.signal,
		});
		expect(delivery?.verdict).toBe('throttled');
		expect([...rows]).toEqual([]);
	});

	test('and when it is stopped while the row is inserted', async () => {
		const stop = new AbortController();
		const never = job();
		const { claim } = store;
		store.claim = async (key) => {
			const claimed = await claim(key);
			stop.abort();
			return claimed;
		};
		const [delivery] = await deliver([{ ...never, once }], { ...plan(), signal: stop.signal });
		expect(delivery?.verdict).toBe('notTried');
		expect(never.ids).toHaveLength(0);
		expect([...rows]).toEqual([]);
	});

	test('that an earlier run started stays started when its repetition is stopped or refused', async () => {
		rows.set('welcome', 1);
		const onUnknownOutcome = 'retry' as const;
		const stop = new AbortController();
		const { claim } = store;
		const refused = { ...job(answered(400)), once, onUnknownOutcome };
		expect(await deliver([refused], plan())).toMatchObject([
			{ verdict: 'refused', mayBeDuplicate: true },
		]);
		store.claim = async (key) => {
			stop.abort();
			return await claim(key);
		};
		await deliver([{ ...job(), once, onUnknownOutcome }], { ...plan(), signal: stop.signal });
		expect([...rows]).toEqual([['welcome', 1]]);
	});

	test('that may have been taken stays claimed, whatever comes after', async () => {
		const one = { ...job(cut, answered(429), answered(400)), once };
		const [delivery] = await deliver([{ ...one, onUnknownOutcome: 'retry' }], plan());
		expect(delivery).toMatchObject({ verdict: 'refused', mayBeDuplicate: true });
		expect([...rows]).toEqual([['welcome', 1]]);
	});

	test.each([
		['done', 2, 'alreadySent'],
		['started', 1, 'startedBefore'],
	] as const)('that was %s before is not sent', async (_name, entries, verdict) => {
		rows.set('welcome', entries);
		const [delivery] = await deliver([{ ...job(), once }], plan());
		expect(delivery).toMatchObject({ verdict, attempts: 0 });
		expect([...rows]).toEqual([['welcome', entries]]);
	});

	test('that was started before is sent again where the designer wants that', async () => {
		rows.set('welcome', 1);
		const again = { ...job(accepted), once, onUnknownOutcome: 'retry' as const };
		const [delivery] = await deliver([again], plan());
		expect(delivery).toMatchObject({ verdict: 'accepted', mayBeDuplicate: true });
		expect([...rows]).toEqual([['welcome', 2]]);
	});

	test('is forgotten first where the designer wants that', async () => {
		rows.set('welcome', 2);
		const again = { ...job(accepted), once: { ...once, forget: true } };
		expect(await deliver([again], plan())).toMatchObject([{ verdict: 'accepted' }]);
		expect([...rows]).toEqual([['welcome', 2]]);
	});

	test.each([
		['is taken', accepted, ['accepted', 'alreadySent']],
		['may have been taken', cut, ['unknown', 'startedBefore']],
		['was refused', answered(400), ['refused', 'accepted']],
	] as const)('twice in a run: when the first %s', async (_name, exchange, verdicts) => {
		const lanes = new MailboxLanes(new TestClock()).open();
		const jobs = [job(exchange), job(accepted)].map((one) => ({ ...one, once }));
		const deliveries = await deliver(jobs, { ...plan(lanes), continueOnFail: true });
		expect(deliveries.map(({ verdict }) => verdict)).toEqual(verdicts);
	});

	test('that waits for another with the same key takes no lane', async () => {
		const mailbox = new MailboxLanes(new TestClock());
		let finish = () => {};
		const first: Job = {
			attempt: async () => await new Promise((resolve) => (finish = () => resolve(accepted))),
		};
		const delivering = deliver(
			[first, job(), job(), job()].map((one) => ({ ...one, once })),
			plan(mailbox.open()),
		);
		await settled();
		const others = mailbox.open();
		for (let lane = 0; lane < 3; lane++) {
			expect(await others.enter({ maxWaitMs: 0 })).toMatchObject({ kind: 'entered' });
		}
		finish();
		expect((await delivering).map(({ verdict }) => verdict)).toEqual([
			'accepted',
			...Array<string>(3).fill('alreadySent'),
		]);
	});

	test('a stopped run waits for nobody', async () => {
		const stop = new AbortController();
		let finish = () => {};
		const first: Job = {
			attempt: async () => {
				stop.abort();
				return await new Promise((resolve) => (finish = () => resolve(accepted)));
			},
		};
		const running = deliver([{ ...first, once }], plan());
		const second = await deliver([{ ...job(), once }], { ...plan(), signal: stop.signal });
		expect(second).toMatchObject([{ verdict: 'notTried' }]);
		finish();
		await running;
	});

	test('keeps no lane while it is marked as done, and asks the store for no key that is being marked', async () => {
		const mailbox = new MailboxLanes(new TestClock());
		let finish = () => {};
		store.markDone = async (key) => {
			await new Promise<void>((resolve) => (finish = resolve));
			rows.set(key, 2);
		};
		const running = deliver([{ ...job(accepted), once }], plan(mailbox.open()));
		await settled();
		const others = mailbox.open();
		for (let lane = 0; lane < 4; lane++) {
			expect(await others.enter({ maxWaitMs: 0 })).toMatchObject({ kind: 'entered' });
		}
		const claim = jest.spyOn(store, 'claim');
		expect(await deliver([{ ...job(), once }], plan())).toMatchObject([{ verdict: 'alreadySent' }]);
		expect(claim).not.toHaveBeenCalled();
		finish();
		await running;
	});

	test('no worker has more than one key that is not marked as done', async () => {
		let open = 0;
		let most = 0;
		const { claim } = store;
		store.claim = async (key) => {
			most = Math.max(most, ++open);
			return await claim(key);
		};
		store.markDone = async () => {
			for (let turn = 0; turn < 9; turn++) await settled();
			open--;
		};
		const jobs = Array.from({ length: 20 }, (_, index) => ({
			...job(accepted),
			once: { key: String(index), forget: false },
		}));
		await deliver(jobs, plan());
		expect(most).toBeLessThanOrEqual(8);
		expect(open).toBe(0);
	});

	test('that the store does not take is not sent, and says why', async () => {
		const cause = new Error('the database is locked');
		store.claim = async () => await Promise.reject(new StoreNotReachable(cause));
		const never = job();
		const [delivery] = await deliver([{ ...never, once }], plan());
		expect(delivery).toMatchObject({ verdict: 'keyNotKept', keyCause: cause, attempts: 0 });
		expect(never.ids).toHaveLength(0);
	});

	test('whose end cannot be written is accepted all the same, and reported', async () => {
		const locked = new Error('locked');
		store.markDone = async () => await Promise.reject(locked);
		const [delivery] = await deliver([{ ...job(accepted), once }], plan());
		expect(delivery?.verdict).toBe('accepted');
		expect(keys.lost).toEqual([locked]);
	});

	test('an end that is written at the second attempt is not lost', async () => {
		const { markDone } = store;
		jest
			.spyOn(store, 'markDone')
			.mockRejectedValueOnce(new Error('locked'))
			.mockImplementation(markDone);
		await deliver([{ ...job(accepted), once }], plan());
		expect(keys.lost).toEqual([]);
		expect([...rows]).toEqual([['welcome', 2]]);
	});
});
