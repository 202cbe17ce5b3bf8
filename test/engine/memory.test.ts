import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IExecuteFunctions } from 'n8n-workflow';
import { prepareMail, type PrepareMail } from '#node/operations/prepareMail';
import { send } from '#node/operations/send';
import { SendOutlookMail } from '#node/SendOutlookMail.node';
import { installDeduplicationStore } from '#tools/engine/deduplicationStore';
import { hires, WELCOME } from '#tools/engine/linkedSandbox';
import type { WorkflowResult } from '#tools/engine/runWorkflow';
import { collectGarbage } from './collectGarbage';
import { linkedForTests } from './linkedForTests';

/** The body of each prepared email, for as long as somebody holds it. */
const prepared: Array<WeakRef<object>> = [];

/** The node; what it prepares is remembered without being held. */
const nodeType = Object.assign(new SendOutlookMail(), {
	async execute(this: IExecuteFunctions) {
		const prepare: PrepareMail = async (...given) => {
			const email = await prepareMail(...given);
			prepared.push(new WeakRef(email.plan!.mail.message.body!));
			return email;
		};
		return [await send(this, {}, prepare)];
	},
});

const MAILS = 24;
const LANES = 4;

const linked = linkedForTests();

beforeAll(async () => {
	await installDeduplicationStore();
});
beforeEach(() => {
	prepared.length = 0;
});

const held = () => prepared.filter((body) => body.deref() !== undefined).length;

/** How many mails are held when the requests with these numbers leave. */
async function heldAtRequests(
	numbers: readonly number[],
	run: () => Promise<unknown>,
): Promise<number[]> {
	const counts: number[] = [];
	const looks: Array<Promise<unknown>> = [];
	let requests = 0;
	const look = () => {
		if (!numbers.includes(++requests)) return;
		looks.push(collectGarbage().then(() => counts.push(held())));
	};
	subscribe('http.client.request.start', look);
	try {
		await run();
		await Promise.all(looks);
	} finally {
		unsubscribe('http.client.request.start', look);
	}
	return counts;
}

const statuses = ({ items }: WorkflowResult) => items.map(({ json }) => json.status ?? 'failed');

test('a mail is held until Graph has taken it, and no longer', async () => {
	const [first, middle, last] = await heldAtRequests([1, MAILS / 2, MAILS], async () => {
		const result = await linked.run({ parameters: WELCOME, items: hires(MAILS), nodeType });
		expect(statuses(result)).toEqual(Array(MAILS).fill('accepted'));
	});
	expect(first).toBe(MAILS);
	expect(middle).toBeLessThanOrEqual(MAILS / 2 + LANES);
	expect(last).toBeLessThanOrEqual(LANES);
});

test('nor is one that did not go', async () => {
	linked.sandbox.faults.switchOn('gateway504');
	const [last] = await heldAtRequests([MAILS], async () => {
		const result = await linked.run({
			parameters: WELCOME,
			items: hires(MAILS),
			onError: 'continueRegularOutput',
			nodeType,
		});
		expect(statuses(result)).toEqual(Array(MAILS).fill('failed'));
	});
	expect(last).toBeLessThanOrEqual(LANES);
});

test('nor one that an earlier run has sent', async () => {
	const parameters = { ...WELCOME, options: { sendOnceKey: '={{ $json.address }}' } };
	await linked.run({ parameters, items: hires(MAILS - 1), nodeType });
	prepared.length = 0;
	const [only] = await heldAtRequests([1], async () => {
		const result = await linked.run({ parameters, items: hires(MAILS), nodeType });
		expect(statuses(result)).toEqual([...Array(MAILS - 1).fill('alreadySent'), 'accepted']);
	});
	expect(only).toBeLessThanOrEqual(LANES);
});

test('previews share the body that their items share', async () => {
	const body = '<p>Hello</p>'.repeat(3_000);
	const parameters = { ...WELCOME, operation: 'preview', body };
	await linked.run({ parameters, items: hires(1) });
	await collectGarbage();
	const before = process.memoryUsage().heapUsed;
	const { items } = await linked.run({ parameters, items: hires(100) });
	await collectGarbage();
	const grownBy = process.memoryUsage().heapUsed - before;
	expect(items[99]?.json).toMatchObject({ message: { body: { content: body } } });
	// Each item has a file of its own to look at.
	const files = items.reduce((sum, { binary }) => sum + (binary?.preview?.data.length ?? 0), 0);
	expect(grownBy - files).toBeLessThan(50 * body.length);
});
