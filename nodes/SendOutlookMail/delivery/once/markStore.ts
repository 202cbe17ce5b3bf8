import type { IExecuteFunctions } from 'n8n-workflow';

/** n8n's own memory of what a node has dealt with; every call reads and rewrites one row. */
export interface MarkStore {
	/**
	 * Writes down the marks that are not there yet.
	 *
	 * @param bound how many marks are kept at most, oldest forgotten first; none forgotten if absent
	 * @returns those that were there already
	 */
	record(marks: readonly string[], bound?: number): Promise<ReadonlySet<string>>;
	remove(marks: readonly string[]): Promise<void>;
}

type HostStore = Pick<IExecuteFunctions['helpers'], 'checkProcessedAndRecord' | 'removeProcessed'>;

/**
 * n8n's de-duplication store, in n8n's database, for this node of this workflow. n8n keeps a hash
 * of each mark, so the length of a mark costs nothing.
 *
 * @returns undefined on a host that has no such store
 */
export function openMarkStore({ helpers }: { helpers: Partial<HostStore> }): MarkStore | undefined {
	const { checkProcessedAndRecord, removeProcessed } = helpers;
	if (!checkProcessedAndRecord || !removeProcessed) return undefined;
	return {
		async record(marks, bound) {
			const { processed } = await checkProcessedAndRecord([...marks], 'node', {
				mode: 'entries',
				...(bound === undefined ? {} : { maxEntries: bound }),
			});
			return new Set(processed.map(String));
		},
		async remove(marks) {
			await removeProcessed([...marks], 'node', { mode: 'entries' });
		},
	};
}
