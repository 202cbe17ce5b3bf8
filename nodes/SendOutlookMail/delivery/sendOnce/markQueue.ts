import type { MarkStore } from './markStore';

interface Wish {
	kind: 'record' | 'remove';
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
	 */
	constructor(private readonly othersMayCome: (callMs: number) => boolean = () => false) {}

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
			const beganAt = Date.now();
			await write(this.takeBatch());
			this.lastCallMs = Date.now() - beganAt;
		}
		this.running = false;
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

async function write(batch: readonly Wish[]): Promise<void> {
	const [{ kind, store, bound }] = batch as [Wish, ...Wish[]];
	const marks = [...new Set(batch.flatMap((wish) => wish.marks))];
	try {
		const there = new Set(
			kind === 'record' ? await store.record(marks, bound) : (await store.remove(marks), []),
		);
		for (const wish of batch) {
			wish.resolve(new Set(wish.marks.filter((mark) => there.has(mark))));
			// Whoever asked later for the same mark finds what the earlier one has written.
			for (const mark of wish.marks) there.add(mark);
		}
	} catch (cause) {
		for (const { reject } of batch) reject(cause);
	}
}
