import type { Rows } from '#node/ask/claims';

/** The rows of a node in memory: the first insert wins, with a turn of the event loop before each. */
export class MemoryRows implements Rows {
	readonly rows = new Map<string, Set<string>>();
	/** Turns of the event loop that an insert takes. */
	insertTurns = 1;

	async claim(key: string) {
		for (let turn = 0; turn < this.insertTurns; turn += 1) await new Promise(setImmediate);
		if (this.rows.has(key)) return 'started' as const;
		this.rows.set(key, new Set(['started']));
		return 'claimed' as const;
	}

	async count(key: string) {
		await new Promise(setImmediate);
		return this.rows.get(key)?.size ?? 0;
	}

	async add(key: string, ...entries: string[]) {
		await new Promise(setImmediate);
		this.rows.set(key, new Set([...(this.rows.get(key) ?? []), ...entries]));
	}

	async remove(key: string) {
		await new Promise(setImmediate);
		this.rows.delete(key);
	}
}
