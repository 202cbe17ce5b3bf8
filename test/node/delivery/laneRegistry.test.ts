import { LaneRegistry } from '#node/delivery/laneRegistry';
import { stopped } from '#node/graph/exchange';
import { TestClock } from './testClock';

const app = { loginOrigin: 'https://login.example', clientId: 'app-1' };
const patient = { maxWaitMs: 600_000 };

test('executions of one app share its lanes; other apps and clouds have their own', async () => {
	const registry = new LaneRegistry(new TestClock());
	registry.open(app);
	registry.open({ ...app });
	registry.open({ ...app, clientId: 'app-2' });
	registry.open({ ...app, loginOrigin: 'https://login.other' });
	expect(registry.size).toBe(3);
});

test('an app that nobody uses is forgotten after a minute', async () => {
	const clock = new TestClock();
	const registry = new LaneRegistry(clock);
	registry.open(app).close();
	await clock.move(60_000);
	registry.open({ ...app, clientId: 'app-2' });
	expect(registry.size).toBe(2);
	await clock.move(1);
	registry.open({ ...app, clientId: 'app-2' });
	expect(registry.size).toBe(1);
});

test('but not while Graph wants it to stay away', async () => {
	const clock = new TestClock();
	const registry = new LaneRegistry(clock);
	const user = registry.open(app);
	const entry = await user.enter(patient);
	if (entry.kind !== 'entered') throw new Error(entry.kind);
	const exchange = stopped('beforeRequest');
	entry.pass.giveBack({ kind: 'turnedAway', exchange, retryAfterMs: 120_000 });
	user.close();
	await clock.move(110_000);
	let entered = false;
	void registry
		.open(app)
		.enter(patient)
		.then(() => (entered = true));
	await clock.move(9_000);
	expect(entered).toBe(false);
	await clock.move(61_000);
	expect(entered).toBe(true);
});
