import type { MarkStore } from './markStore';
import type { WritersTurn } from './writersTurn';

interface Wish {
	kind: 'record' | 'remove' | 'ask';
	marks: readonly string[];
	bound?: number | undefined;
	store: MarkStore;
	resolve: (there: ReadonlySet<string>) => void;
	reject: (cause: unknown) => void;
}

const SLOW_CALL_MS = 3;

/**
 * One call to the store at a time: n8n reads a row, changes it and writes it back, so two calls at
 * once would lose marks. Marks that wait while one call is under way go together in the next.
 */
export class MarkQueue {
	private waiting: Wish[] = [];
	private running = false;
	/** How long the last call took, in milliseconds. */
	private lastCallMs = 0;
	private onArrival = () => {};

	/**
	 * @param othersMayCome whether somebody is at work who will have marks to write soon, measured by
	 * how long a call takes, in milliseconds
	 * @param turn keeps other processes out meanwhile
	 */
	constructor(
		private readonly othersMayCome: (callMs: number) => boolean = () => false,
		private readonly turn?: WritersTurn,
	) {}

	/** @returns which of the marks were there already */
	async record(
		store: MarkStore,
		marks: readonly string[],
		bound?: number,
	): Promise<ReadonlySet<string>> {
		return await this.enqueue({ kind: 'record', store, marks, bound });
	}

	async remove(store: MarkStore, marks: readonly string[]): Promise<void> {
		await this.enqueue({ kind: 'remove', store, marks });
	}

	/** @returns which of the marks are there; leaves none behind that was not */
	async ask(store: MarkStore, marks: readonly string[]): Promise<ReadonlySet<string>> {
		return await this.enqueue({ kind: 'ask', store, marks });
	}

	private async enqueue(wish: Omit<Wish, 'resolve' | 'reject'>): Promise<ReadonlySet<string>> {
		return await new Promise((resolve, reject) => {
			this.waiting.push({ ...wish, resolve, reject });
			this.onArrival();
			if (!this.running) void this.run();
		});
	}

	private async run(): Promise<void> {
		this.running = true;
		while (this.waiting.length > 0) {
			// What other lanes are about to ask for in this very moment goes along.
			await new Promise(setImmediate);
			if (this.lastCallMs >= SLOW_CALL_MS && this.othersMayCome(this.lastCallMs))
				await this.linger();
			await this.writeNext();
		}
		this.running = false;
	}

	private async writeNext(): Promise<void> {
		const batch: Wish[] = [];
		const write = async () => {
			// What came while other processes wrote goes along.
			batch.push(...this.takeBatch());
			const beganAt = Date.now();
			await grant(batch);
			this.lastCallMs = Date.now() - beganAt;
		};
		try {
			await (this.turn ? this.turn.during(write) : write());
		} catch (cause) {
			if (batch.length === 0) batch.push(...this.takeBatch());
			for (const { reject } of batch) reject(cause);
		}
	}

	/** A call that takes long is worth a short wait for those who would need the next one. */
	private async linger(): Promise<void> {
		await new Promise<void>((resolve) => {
			const timer = setTimeout(resolve, this.lastCallMs / 2);
			this.onArrival = () => {
				if (this.othersMayCome(this.lastCallMs)) return;
				clearTimeout(timer);
				resolve();
			};
		});
		this.onArrival = () => {};
		await new Promise(setImmediate);
	}

	/** The longest run of wishes of one kind from the front: their order decides what is true. */
	private takeBatch(): Wish[] {
		const [first] = this.waiting;
		const end = this.waiting.findIndex(
			({ kind, bound }) => kind !== first?.kind || bound !== first.bound,
		);
		return this.waiting.splice(0, end === -1 ? this.waiting.length : end);
	}
}

async function grant(batch: readonly Wish[]): Promise<void> {
	const [{ kind, store, bound }] = batch as [Wish, ...Wish[]];
	const marks = [...new Set(batch.flatMap((wish) => wish.marks))];
	const there = new Set(await CALLS[kind](store, marks, bound));
	for (const wish of batch) {
		wish.resolve(new Set(wish.marks.filter((mark) => there.has(mark))));
		// Whoever asked later for the same mark finds what the earlier one has written.
		if (kind === 'record') for (const mark of wish.marks) there.add(mark);
	}
}

type Call = (
	store: MarkStore,
	marks: readonly string[],
	bound?: number,
) => Promise<Iterable<string>>;

const CALLS: Record<Wish['kind'], Call> = {
	record: async (store, marks, bound) => await store.record(marks, bound),
	remove: async (store, marks) => {
		await store.remove(marks);
		return [];
	},
	ask,
};

/**
 * The store can only be asked by writing, so a question leaves false marks behind for a moment. A
 * mark `checking` goes with each in the same write: should the process die in between, what stands
 * beside a `checking` is not believed.
 */
async function ask(store: MarkStore, marks: readonly string[]): Promise<string[]> {
	const found = await store.record(marks.flatMap((mark) => [mark, checking(mark)]));
	const there = marks.filter((mark) => found.has(mark) && !found.has(checking(mark)));
	const falseOnes = marks.filter((mark) => !there.includes(mark));
	await store.remove([...falseOnes, ...marks.map(checking)]);
	return there;
}

const checking = (mark: string) => `checking ${mark}`;
