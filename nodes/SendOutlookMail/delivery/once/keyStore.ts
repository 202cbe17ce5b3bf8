import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { IExecuteFunctions, INode, Workflow } from 'n8n-workflow';

/** What keys are kept for. Keys of one purpose never meet those of another. */
export type Purpose = 'sendOnce' | 'question' | 'answer';

/**
 * What the store knows of a key.
 *
 * - `claimed`: this call inserted the row; no other call does.
 * - `started`: the row was inserted before, by whatever process, and is not marked as done.
 * - `done`: it was inserted before and marked as done.
 */
export type Claim = 'claimed' | 'started' | 'done';

/** n8n's database took no row, and there is none either. `cause` is what the database threw. */
export class StoreNotReachable extends Error {
	constructor(cause: unknown) {
		super('n8n could not store the key', { cause });
	}
}

type Context = Pick<IExecuteFunctions, 'getNode' | 'getWorkflow'>;
type Service = import('n8n-core').DataDeduplicationService;

const MODE = { mode: 'entries' } as const;

/** How often an insert is tried that fails although there is no row. */
const MOST_INSERTS = 2;

/**
 * The keys of a node. Works in `execute` and in `webhook`.
 *
 * @returns undefined on an n8n whose de-duplication table cannot be reached
 */
export function findKeyStore(context: Context, purpose: Purpose): KeyStore | undefined {
	const service = hostService();
	const { id } = context.getWorkflow();
	return service && id ? new Rows(service, id, [purpose, context.getNode().id]) : undefined;
}

/**
 * One row of n8n's de-duplication table for each key of a node. The insert is the claim: the primary
 * key lets only one of two through, in whichever processes they run. One entry in the row means
 * started, two mean done. The row's name is a hash, so neither the length nor the content of a key
 * matters to the database. n8n removes all rows of a workflow together with the workflow.
 *
 * Every method throws what n8n's database throws.
 */
class Rows {
	constructor(
		private readonly service: Service,
		private readonly workflowId: string,
		private readonly owner: readonly [Purpose, nodeId: string],
	) {}

	/**
	 * Inserts the row of a key.
	 *
	 * @throws {StoreNotReachable} when the row can neither be inserted nor be found
	 */
	async claim(key: string): Promise<Claim> {
		// Read first: n8n writes a row that it finds back, and could undo a mark made meanwhile.
		return (await this.read(key)) ?? (await this.insert(key));
	}

	/** Adds the second entry to a row that was claimed. */
	async markDone(key: string): Promise<void> {
		await this.add(key, 'done');
	}

	/** How many entries a row has; 0 when there is no row. */
	async count(key: string): Promise<number> {
		return await this.service.getProcessedDataCount('node', this.row(key), MODE);
	}

	/**
	 * Adds entries to a row, which is made if there is none. Not for two at the same moment: n8n reads
	 * a row, changes it and writes it back.
	 */
	async add(key: string, ...entries: string[]): Promise<void> {
		await this.service.checkProcessedAndRecord(entries, 'node', this.row(key), MODE);
	}

	/** Removes the row. Does nothing when there is none. */
	async remove(key: string): Promise<void> {
		await this.service.clearAllProcessedItems('node', this.row(key), MODE);
	}

	private async read(key: string): Promise<Claim | undefined> {
		const entries = await this.count(key);
		if (entries === 0) return undefined;
		return entries === 1 ? 'started' : 'done';
	}

	/**
	 * An insert that fails does not say why: the row may exist, the database may be locked, the
	 * workflow may not be saved. The row itself does.
	 */
	private async insert(key: string): Promise<Claim> {
		let failure: unknown;
		for (let attempt = 1; attempt <= MOST_INSERTS; attempt++) {
			failure = await this.tryInsert(key);
			if (failure === undefined) return 'claimed';
			const found = await this.read(key);
			if (found) return found;
		}
		throw new StoreNotReachable(failure);
	}

	/** @returns why the row was not inserted by this call */
	private async tryInsert(key: string): Promise<unknown> {
		const asked = ['started'];
		try {
			const row = this.row(key);
			const { processed } = await this.service.checkProcessedAndRecord(asked, 'node', row, MODE);
			return processed.length > 0 ? 'another process inserted it' : undefined;
		} catch (error) {
			return error;
		}
	}

	/** n8n keeps a row for each node ID that it gets; this one names a key of the node. */
	private row(key: string): { workflow: Workflow; node: INode } {
		const name = createHash('sha256')
			.update(JSON.stringify([...this.owner, key]))
			.digest('hex');
		return { workflow: { id: this.workflowId } as Workflow, node: { id: name } as INode };
	}
}

export type KeyStore = Pick<Rows, keyof Rows>;

let found: Service | undefined;

/**
 * n8n's own service. It is looked for beside n8n's main module first: another community package may
 * have brought a copy of n8n-core, which is found earlier from here and was never initialized.
 */
function hostService(): Service | undefined {
	for (const place of [require.main?.filename, process.argv[1], __filename]) {
		if (place !== undefined) found ??= serviceBeside(place);
	}
	return found;
}

function serviceBeside(file: string): Service | undefined {
	try {
		const core = createRequire(realpathSync(file))('n8n-core') as typeof import('n8n-core');
		return core.DataDeduplicationService.getInstance();
	} catch {
		// Not there, too old or not initialized: the next place may have n8n's own.
		return undefined;
	}
}
