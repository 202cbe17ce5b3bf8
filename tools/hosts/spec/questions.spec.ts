import { ExecuteContext } from 'n8n-core';
import { installDeduplicationStore } from '../../engine/deduplicationStore';
import { hires, startLinkedSandbox, type LinkedSandbox } from '../../engine/linkedSandbox';

/** n8n has signed links to waiting executions since 1.107. */
const canAsk = 'getSignedResumeUrl' in ExecuteContext.prototype;
const itAsks = canAsk ? it : it.skip;
const itRefuses = canAsk ? it.skip : it;

const QUESTION = {
	operation: 'sendAndWait',
	to: 'Ann <ann@contoso.example>, bob@contoso.example',
	subject: 'Access for Sam',
	message: 'Does **Sam** need payroll?',
};

describe('Send and Wait for Response', () => {
	let linked: LinkedSandbox;

	beforeAll(async () => {
		await installDeduplicationStore();
		linked = await startLinkedSandbox();
	});
	beforeEach(() => linked.sandbox.reset());
	afterAll(async () => await linked.sandbox.close());

	it('knows from the version whether it can ask', () => {
		const [major = 0, minor = 0] = process.env.HOST_VERSION!.split('.').map(Number);
		expect(canAsk).toBe(major > 1 || minor >= 107);
	});

	itRefuses('says which n8n is needed, and nothing leaves', async () => {
		const { error, run } = await linked.run({ parameters: QUESTION, items: hires(1) });
		expect(error).toMatchObject({
			code: 'hostTooOld',
			message: 'This version of n8n cannot make links that only the people asked can use',
		});
		expect(error?.description).toContain('Update n8n to 1.107 or later');
		expect(run.waitTill).toBeUndefined();
		expect(linked.sandbox.outbox).toEqual([]);
	});

	itRefuses('says the same in Check Connection', async () => {
		const { items } = await linked.run({
			parameters: { operation: 'checkConnection' },
			items: [{ json: {} }],
		});
		const links = items.map(({ json }) => json).find(({ check }) => check === 'links');
		expect(links).toMatchObject({ status: 'skipped', remedy: expect.stringContaining('1.107') });
	});

	itAsks('asks each person and waits', async () => {
		const { error, run } = await linked.run({ parameters: QUESTION, items: hires(1) });
		expect(error).toBeUndefined();
		expect(run.waitTill).toBeDefined();
		expect(linked.sandbox.outbox).toHaveLength(2);
		for (const { message } of linked.sandbox.outbox)
			expect(message.body?.content).toMatch(/href="[^"]*signature=[0-9a-f]{64}"/);
	});
});
