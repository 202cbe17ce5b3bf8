/** How the sending of a key ended: taken, nobody knows, or surely not taken. */
export type KeyEnd = 'done' | 'unknown' | 'released';

/**
 * The keys that this process is sending right now, whichever execution they belong to. Whoever comes
 * second with the same key waits for how the first one ends.
 */
export class KeysUnderWay {
	private readonly ends = new Map<string, Promise<KeyEnd>>();
	private readonly finishes = new Map<string, (end: KeyEnd) => void>();

	get size(): number {
		return this.ends.size;
	}

	/** Undefined when nobody else has the key. */
	endOf(key: string): Promise<KeyEnd> | undefined {
		return this.ends.get(key);
	}

	begin(key: string): void {
		this.ends.set(key, new Promise((resolve) => this.finishes.set(key, resolve)));
	}

	finish(key: string, end: KeyEnd): void {
		this.finishes.get(key)?.(end);
		this.finishes.delete(key);
		this.ends.delete(key);
	}
}
