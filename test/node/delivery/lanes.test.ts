import {
	LaneRegistry,
	MailboxLanes,
	type Entry,
	type LaneKey,
	type Lanes,
	type Permission,
} from '#node/delivery/lanes';
import { answered } from '#node/graph/exchange';
import { settled, TestClock } from './testClock';

const refusal = answered({ status: 429, headers: { 'retry-after': '5' }, body: '' });

/** A mailbox, and a log of who got a lane, in order. */
function mailbox() {
	const clock = new TestClock();
	const lanes = new MailboxLanes(clock);
	const log: string[] = [];
	const permissions: Permission[] = [];
	const ask = (user: Lanes, name: string, times = 1, maxWaitMs = 600_000) =>
		Array.from({ length: times }, async () => {
			const entry = await user.enter({ maxWaitMs });
			log.push(entry.kind === 'entered' ? name : `${name} ${entry.kind}`);
			if (entry.kind === 'entered') permissions.push(entry.permission);
			return entry;
		});
	const end = async (kind: 'served' | 'throttled' = 'served', retryAfterMs = 5_000) => {
		const permission = permissions.shift();
		if (!permission) throw new Error('nothing is in flight');
		permission.giveBack(kind === 'served' ? { kind } : { kind, exchange: refusal, retryAfterMs });
		await settled();
	};
	return { clock, lanes, log, permissions, ask, end };
}

test('a run of many does not starve a run of few: executions take turns', async () => {
	const { lanes, log, ask, end } = mailbox();
	void ask(lanes.open(), 'many', 100);
	await settled();
	void ask(lanes.open(), 'few', 3);
	for (let time = 0; time < 6; time++) await end();
	expect(log.slice(4)).toEqual(['many', 'few', 'many', 'few', 'many', 'few']);
});

test('no more than four are in flight, whoever they belong to', async () => {
	const { lanes, permissions, ask } = mailbox();
	for (const name of ['a', 'b', 'c']) void ask(lanes.open(), name, 3);
	await settled();
	expect(permissions).toHaveLength(4);
});

test('when one is throttled, nobody of the mailbox enters before the time named', async () => {
	const { clock, lanes, log, ask, end } = mailbox();
	void ask(lanes.open(), 'a', 2);
	await settled();
	await end('throttled', 5_000);
	await end();
	log.length = 0;
	void ask(lanes.open(), 'b', 1);
	await clock.move(4_999);
	expect(log).toEqual([]);
	// Half of a pause more, by the chance of this clock.
	await clock.move(2_501);
	expect(log).toEqual(['b']);
});

test('a job that cannot wait for so long is dismissed at once, with the reason', async () => {
	const { lanes, log, ask, end } = mailbox();
	const user = lanes.open();
	void ask(user, 'a', 4);
	await settled();
	const [waiting] = ask(user, 'b', 1, 60_000) as [Promise<Entry>];
	await settled();
	await end('throttled', 3_600_000);
	expect(await waiting).toEqual({ kind: 'closed', exchange: refusal });
	await Promise.all(ask(lanes.open(), 'c', 1, 60_000));
	expect(log).toEqual(['a', 'a', 'a', 'a', 'b closed', 'c closed']);
});

test('a stopped execution leaves the line at once', async () => {
	const { clock, lanes, permissions, ask, end } = mailbox();
	const user = lanes.open();
	void ask(user, 'a');
	await settled();
	await end('throttled');
	const stop = new AbortController();
	const waiting = user.enter({ maxWaitMs: 600_000, signal: stop.signal });
	stop.abort();
	expect(await waiting).toEqual({ kind: 'stopped' });
	expect(await user.enter({ maxWaitMs: 1, signal: stop.signal })).toEqual({ kind: 'stopped' });
	await clock.move(60_000);
	expect(permissions).toHaveLength(0);
});

test('a mailbox that nobody uses keeps no timer', async () => {
	const { clock, lanes, ask, end } = mailbox();
	const user = lanes.open();
	void ask(user, 'a', 5);
	await settled();
	await end('throttled');
	expect(clock.pending).toBe(1);
	user.close();
	expect(clock.pending).toBe(0);
});

test('a stretched pause counts against the time that a job can wait', async () => {
	const { lanes, log, ask, end } = mailbox();
	const user = lanes.open();
	void ask(user, 'a', 4);
	await settled();
	// Five seconds and a half of that more, by the chance of this clock.
	await end('throttled', 5_000);
	await Promise.all(ask(user, 'b', 1, 7_000));
	void ask(user, 'c', 1, 8_000);
	await settled();
	expect(log.slice(4)).toEqual(['b closed']);
});

const key: LaneKey = {
	clientId: 'app',
	loginOrigin: 'https://login.example',
	graphOrigin: 'https://graph.example',
	credentialId: '1',
};
const patient = { maxWaitMs: 600_000 };

test('executions of one mailbox share its lanes; another application, cloud or account has its own', () => {
	const registry = new LaneRegistry(new TestClock());
	registry.open(key);
	registry.open({ ...key });
	registry.open({ ...key, clientId: 'other' });
	registry.open({ ...key, loginOrigin: 'https://login.other' });
	registry.open({ ...key, graphOrigin: 'https://graph.other' });
	registry.open({ ...key, credentialId: '2' });
	expect(registry.mailboxes.size).toBe(5);
});

test("one credential's Retry-After neither stops another's emails nor is shown to them", async () => {
	const registry = new LaneRegistry(new TestClock());
	const one = registry.open(key);
	const entry = await one.enter(patient);
	if (entry.kind !== 'entered') throw new Error(entry.kind);
	entry.permission.giveBack({ kind: 'throttled', exchange: refusal, retryAfterMs: 3_600_000 });
	expect(await one.enter(patient)).toEqual({ kind: 'closed', exchange: refusal });
	const other = await registry.open({ ...key, credentialId: '2' }).enter({ maxWaitMs: 0 });
	expect(other.kind).toBe('entered');
});

test('a mailbox that nobody uses is forgotten after a minute', async () => {
	const clock = new TestClock();
	const registry = new LaneRegistry(clock);
	registry.open(key).close();
	await clock.move(60_000);
	registry.open({ ...key, clientId: 'other' });
	expect(registry.mailboxes.size).toBe(2);
	await clock.move(1);
	registry.open({ ...key, clientId: 'other' });
	expect(registry.mailboxes.size).toBe(1);
});

test('but not while Graph asks to wait', async () => {
	const clock = new TestClock();
	const registry = new LaneRegistry(clock);
	const user = registry.open(key);
	const entry = await user.enter(patient);
	if (entry.kind !== 'entered') throw new Error(entry.kind);
	entry.permission.giveBack({ kind: 'throttled', exchange: refusal, retryAfterMs: 120_000 });
	user.close();
	await clock.move(110_000);
	let entered = false;
	void registry
		.open(key)
		.enter(patient)
		.then(({ kind }) => (entered = kind === 'entered'));
	await clock.move(9_000);
	expect(entered).toBe(false);
	await clock.move(61_000);
	expect(entered).toBe(true);
});
