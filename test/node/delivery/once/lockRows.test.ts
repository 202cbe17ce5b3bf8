import type { IExecuteFunctions } from 'n8n-workflow';
import { openLockRows } from '#node/delivery/once/lockRows';
import {
	installDeduplicationStore,
	type DeduplicationStore,
} from '#tools/engine/deduplicationStore';

let store: DeduplicationStore;
beforeAll(async () => {
	store = await installDeduplicationStore();
});
beforeEach(() => store.rows.clear());
afterEach(() => jest.restoreAllMocks());

const open = () =>
	openLockRows({
		getNode: () => ({ id: 'node' }),
		getWorkflow: () => ({ id: 'workflow' }),
	} as unknown as IExecuteFunctions)!;

test('of many that make the row at once, one does', async () => {
	const made = await Promise.all(
		[1, 2, 3, 4].map(async (ticket) => await open().writer.create(ticket)),
	);
	expect(made.filter(Boolean)).toHaveLength(1);
	expect(await open().writer.readTicket()).toBeGreaterThan(0);
	await open().writer.remove();
	expect(await open().writer.create(3)).toBe(true);
	expect(await open().writer.readTicket()).toBe(3);
});

test('an insert that met a row which is gone again is repeated', async () => {
	jest
		.spyOn(store, 'checkProcessedAndRecord')
		.mockRejectedValueOnce(new Error('duplicate key value violates unique constraint'));
	expect(await open().writer.create(2)).toBe(true);
});

test('a database that refuses again and again says why', async () => {
	jest.spyOn(store, 'checkProcessedAndRecord').mockRejectedValue(new Error('disk full'));
	await expect(open().writer.create(2)).rejects.toThrow('disk full');
});
