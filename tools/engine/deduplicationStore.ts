import { createHash } from 'node:crypto';
import { DataDeduplicationService } from 'n8n-core';
import type {
	DeduplicationItemTypes,
	DeduplicationScope,
	ICheckProcessedContextData,
	ICheckProcessedOptions,
	IDataDeduplicator,
	IDeduplicationOutput,
} from 'n8n-workflow';

/**
 * n8n's de-duplication store in memory, by the rules of n8n's own (n8n/dist/deduplication): a row of
 * hashes for each node, read and written as a whole with a turn of the event loop in between. A row is
 * inserted only once, as its primary key demands.
 */
export class DeduplicationStore implements IDataDeduplicator {
	readonly rows = new Map<string, string[]>();
	calls = 0;
	/** Called before each call with its name; may throw. */
	onCall: ((method: keyof IDataDeduplicator) => void) | undefined;

	async checkProcessedAndRecord(
		items: DeduplicationItemTypes[],
		_scope: DeduplicationScope,
		context: ICheckProcessedContextData,
		{ maxEntries }: ICheckProcessedOptions,
	): Promise<IDeduplicationOutput> {
		this.called('checkProcessedAndRecord');
		const stored = await this.read(context);
		const known = new Set(stored);
		const isKnown = (item: DeduplicationItemTypes) => known.has(hash(item));
		const row = [...known, ...items.filter((item) => !isKnown(item)).map(hash)];
		if (maxEntries) row.splice(0, row.length - maxEntries);
		await (stored ? this.update(context, row) : this.insert(context, row));
		return {
			new: items.filter((item) => !isKnown(item)),
			processed: items.filter(isKnown),
		};
	}

	async removeProcessed(
		items: DeduplicationItemTypes[],
		_scope: DeduplicationScope,
		context: ICheckProcessedContextData,
	): Promise<void> {
		this.called('removeProcessed');
		const removed = new Set(items.map(hash));
		const row = (await this.read(context)) ?? [];
		await this.update(
			context,
			row.filter((mark) => !removed.has(mark)),
		);
	}

	async clearAllProcessedItems(
		_scope: DeduplicationScope,
		context: ICheckProcessedContextData,
	): Promise<void> {
		this.called('clearAllProcessedItems');
		await new Promise(setImmediate);
		this.rows.delete(nameOf(context));
	}

	async getProcessedDataCount(
		_scope: DeduplicationScope,
		context: ICheckProcessedContextData,
	): Promise<number> {
		this.called('getProcessedDataCount');
		await new Promise(setImmediate);
		return this.rows.get(nameOf(context))?.length ?? 0;
	}

	private called(method: keyof IDataDeduplicator): void {
		this.calls += 1;
		this.onCall?.(method);
	}

	private async read(context: ICheckProcessedContextData): Promise<string[] | undefined> {
		await new Promise(setImmediate);
		return this.rows.get(nameOf(context));
	}

	private async insert(context: ICheckProcessedContextData, row: string[]): Promise<void> {
		await new Promise(setImmediate);
		if (this.rows.has(nameOf(context))) throw new Error('UNIQUE constraint failed');
		this.rows.set(nameOf(context), row);
	}

	private async update(context: ICheckProcessedContextData, row: string[]): Promise<void> {
		await new Promise(setImmediate);
		if (this.rows.has(nameOf(context))) this.rows.set(nameOf(context), row);
	}
}

function hash(mark: DeduplicationItemTypes): string {
	return createHash('md5').update(mark.toString()).digest('base64');
}

function nameOf({ workflow, node }: ICheckProcessedContextData): string {
	return `${workflow.id}/${node?.id}`;
}

/** n8n-core keeps one store for the process; every test file has its own process state. */
export async function installDeduplicationStore(): Promise<DeduplicationStore> {
	const store = new DeduplicationStore();
	await DataDeduplicationService.init(store);
	return store;
}
