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

/** How often an insert may fail although there is no row any more when it is looked for. */
const MOST_INSERTS = 5;

/** As many entries as the ticket says: n8n tells their number without writing. */
function lockRow(store: Store, where: { workflow: Workflow; node: INode }): LockRow {
	const readTicket = async () => await store.getProcessedDataCount('node', where, MODE);
	const insert = async (ticket: number) => {
		const entries = Array.from({ length: ticket }, (_, index) => String(index + 1));
		const { processed } = await store.checkProcessedAndRecord(entries, 'node', where, MODE);
		return processed.length === 0;
	};
	return {
		readTicket,
		/**
		 * Of two that insert at once, the database refuses one. n8n does not tell that from another
		 * refusal: but then the other's row is there, or was until a moment ago.
		 */
		async create(ticket) {
			for (let inserts = 1; inserts < MOST_INSERTS; inserts++) {
				const made = await insert(ticket).catch(() => undefined);
				if (made !== undefined) return made;
				if ((await readTicket()) > 0) return false;
			}
			return await insert(ticket);
		},
		remove: async () => await store.clearAllProcessedItems('node', where, MODE),
	};
}
