import type { IExecuteFunctions, INode, Workflow } from 'n8n-workflow';
import type { LockRow, LockRows } from './writersTurn';

type Context = Pick<IExecuteFunctions, 'getNode' | 'getWorkflow'>;
type Store = import('n8n-core').DataDeduplicationService;

const MODE = { mode: 'entries' } as const;

/**
 * Rows of n8n's de-duplication store beside the one that holds the marks. n8n's helpers know one row
 * for each node; the service behind them makes others, and its insert fails for a row that exists.
 *
 * @returns undefined on a host whose store cannot be reached so
 */
export function openLockRows(context: Context): LockRows | undefined {
	const store = hostStore();
	const workflow = { id: context.getWorkflow().id } as Workflow;
	const { id } = context.getNode();
	const row = (name: string) =>
		lockRow(store!, { workflow, node: { id: `${id}:${name}` } as INode });
	return store && { writer: row('writer'), takeOver: (number) => row(`takeOver:${number}`) };
}

/** n8n lets the packages that it loads require its own; elsewhere there is nothing to lock. */
function hostStore(): Store | undefined {
	try {
		// eslint-disable-next-line @typescript-eslint/no-require-imports -- `import()` does not look there
		const { DataDeduplicationService } = require('n8n-core') as typeof import('n8n-core');
		return DataDeduplicationService.getInstance();
	} catch {
		return undefined;
	}
}

/** As many entries as the ticket says: n8n tells their number without writing. */
function lockRow(store: Store, where: { workflow: Workflow; node: INode }): LockRow {
	const readTicket = async () => await store.getProcessedDataCount('node', where, MODE);
	return {
		readTicket,
		async create(ticket) {
			const entries = Array.from({ length: ticket }, (_, index) => String(index + 1));
			const made = store.checkProcessedAndRecord(entries, 'node', where, MODE);
			// Two that insert at once: the database lets one through.
			const cameSecond = await made.then(
				() => false,
				async () => (await readTicket()) > 0,
			);
			return !cameSecond && (await made).processed.length === 0;
		},
		remove: async () => await store.clearAllProcessedItems('node', where, MODE),
	};
}
