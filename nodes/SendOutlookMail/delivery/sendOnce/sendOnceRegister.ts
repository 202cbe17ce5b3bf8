import type { KeyEnd } from './keysUnderWay';
import type { MarkStore } from './markStore';
import { enterScope, leaveScope, type Scope } from './scope';

/** Whether a key may be sent now. */
export type Claim =
	/** `startedBefore`: an earlier run started it and its end is not known. */
	| { kind: 'send'; startedBefore: boolean }
	| { kind: 'alreadySent' | 'startedBefore' | 'stopped' }
	| { kind: 'notKept'; cause: unknown };

export interface ClaimOptions {
	/** `retry` sends a key again whose end is not known. */
	onUnknownOutcome: 'fail' | 'retry';
	/** Forgets the key first, so that it is sent whatever was before. */
	forget: boolean;
	signal?: AbortSignal | undefined;
}

/** How many keys of a node are remembered when the designer does not say. */
export const DEFAULT_MAX_KEYS = 10_000;

const MARKS_PER_KEY = 2;

/**
 * Remembers which keys were sent, by two marks in n8n's store: `started:<key>` before the request,
 * `done:<key>` after the 202. A key that has the first and not the second may have been sent.
 */
export class SendOnceRegister {
	private readonly scope: Scope;
	private readonly writes: Array<Promise<void>> = [];
	private readonly notWritten: unknown[] = [];
	private readonly begunAt = new Map<string, number>();

	/**
	 * @param scopeName names the node within this n8n: workflow and node ID
	 * @param maxKeys how many keys are remembered; the oldest are forgotten first
	 */
	constructor(
		private readonly store: MarkStore,
		private readonly scopeName: string,
		private readonly maxKeys: number = DEFAULT_MAX_KEYS,
	) {
		this.scope = enterScope(scopeName);
	}

	/** After `send`, {@link settle} must follow. */
	async claim(key: string, options: ClaimOptions): Promise<Claim> {
		const { underWay } = this.scope;
		for (let other = underWay.endOf(key); other; other = underWay.endOf(key)) {
			const end = await endOrStop(other, options.signal);
			if (end === 'stopped') return { kind: 'stopped' };
			if (end === 'done') return { kind: 'alreadySent' };
			if (end === 'unknown' && options.onUnknownOutcome === 'fail')
				return { kind: 'startedBefore' };
		}
		underWay.begin(key);
		try {
			const claim = await this.consult(key, options);
			if (claim.kind === 'send') this.beginSending(key);
			else underWay.finish(key, END_OF_CLAIM[claim.kind]);
			return claim;
		} catch (cause) {
			underWay.finish(key, 'released');
			return { kind: 'notKept', cause };
		}
	}

	/**
	 * Says how the sending ended. Returns at once: the mark goes together with the next ones.
	 * {@link close} waits for it.
	 */
	settle(key: string, end: KeyEnd): void {
		const { queue, underWay } = this.scope;
		this.endSending(key);
		if (end === 'done') {
			this.keepWriting(this.record([`done:${key}`]));
		} else if (end === 'released') {
			this.keepWriting(queue.remove(this.store, [`started:${key}`]));
		}
		underWay.finish(key, end);
	}

	/** Waits for all marks. @returns why marks could not be written; they count as unknown later */
	async close(): Promise<readonly unknown[]> {
		await Promise.all(this.writes);
		leaveScope(this.scopeName);
		return this.notWritten;
	}

	private beginSending(key: string): void {
		this.scope.sending += 1;
		this.begunAt.set(key, Date.now());
	}

	private endSending(key: string): void {
		this.scope.sending -= 1;
		this.scope.lastSendMs = Date.now() - (this.begunAt.get(key) ?? 0);
		this.begunAt.delete(key);
	}

	private keepWriting(write: Promise<unknown>): void {
		this.writes.push(
			write.then(
				() => undefined,
				(cause: unknown) => {
					this.notWritten.push(cause);
				},
			),
		);
	}

	private async consult(key: string, options: ClaimOptions): Promise<Claim> {
		const started = `started:${key}`;
		if (options.forget) await this.scope.queue.remove(this.store, [started, `done:${key}`]);
		if (!(await this.record([started])).has(started)) return { kind: 'send', startedBefore: false };
		if (await this.isDone(key)) return { kind: 'alreadySent' };
		return options.onUnknownOutcome === 'retry'
			? { kind: 'send', startedBefore: true }
			: { kind: 'startedBefore' };
	}

	/**
	 * The store can only be asked by writing, so a question leaves a false `done` behind for a moment.
	 * The mark `checking` goes with it in the same write: should the process die in between, a `done`
	 * beside a `checking` is not believed.
	 */
	private async isDone(key: string): Promise<boolean> {
		const done = `done:${key}`;
		const checking = `checking:${key}`;
		const { queue } = this.scope;
		const there = await queue.record(this.store, [done, checking]);
		const isDone = there.has(done) && !there.has(checking);
		await queue.remove(this.store, isDone ? [checking] : [done, checking]);
		return isDone;
	}

	private async record(marks: readonly string[]): Promise<ReadonlySet<string>> {
		return await this.scope.queue.record(this.store, marks, this.maxKeys * MARKS_PER_KEY);
	}
}

const END_OF_CLAIM: Record<Exclude<Claim['kind'], 'send'>, KeyEnd> = {
	alreadySent: 'done',
	startedBefore: 'unknown',
	stopped: 'released',
	notKept: 'released',
};

async function endOrStop(end: Promise<KeyEnd>, signal?: AbortSignal): Promise<KeyEnd | 'stopped'> {
	if (!signal) return await end;
	if (signal.aborted) return 'stopped';
	let stop = () => {};
	const stopped = new Promise<'stopped'>((resolve) => {
		stop = () => resolve('stopped');
		signal.addEventListener('abort', stop, { once: true });
	});
	const first = await Promise.race([end, stopped]);
	signal.removeEventListener('abort', stop);
	return first;
}
