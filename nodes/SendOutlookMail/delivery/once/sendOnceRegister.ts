import type { KeyEnd } from './keysUnderWay';
import type { MarkStore } from './markStore';
import { enterScope, leaveScope, type Scope } from './scope';
import type { LockRows } from './writersTurn';

/** Why a key is not sent now. */
export type Denial =
	| { kind: 'alreadySent' | 'startedBefore' | 'stopped' }
	| { kind: 'notKept'; cause: unknown };

/** Whether a key may be sent now. */
export type Claim =
	/** `startedBefore`: an earlier run started it and its end is not known. */
	{ kind: 'send'; startedBefore: boolean } | Denial;

export interface ClaimOptions {
	/** `retry` sends a key again whose end is not known. */
	onUnknownOutcome: 'fail' | 'retry';
	/** Forgets the key first, so that it is sent whatever was before. */
	forget: boolean;
	signal?: AbortSignal | undefined;
}

/** One job's turn with its key; others of this process wait until it is settled. */
export interface KeyTurn {
	/** Writes down that the key is being sent. To be called right before the request. */
	claim(): Promise<Claim>;
	/** Takes that back while the job waits: it was surely not taken, and is to be claimed again. */
	giveBack(): void;
	/**
	 * Says how it ended. Returns at once: the mark goes together with the next ones, and
	 * {@link SendOnceRegister.close} waits for it.
	 */
	settle(end: KeyEnd): void;
}

export interface RegisterPlan {
	/** Names the node within this n8n: workflow and node ID. */
	scopeName: string;
	/** How many keys are remembered; the oldest are forgotten first. */
	maxKeys?: number;
	/** Keep other processes out while marks are written. */
	rows?: LockRows | undefined;
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
	private readonly scopeName: string;
	private readonly bound: number;
	private readonly writes: Array<Promise<void>> = [];
	private readonly notWritten: unknown[] = [];

	constructor(
		private readonly store: MarkStore,
		{ scopeName, maxKeys = DEFAULT_MAX_KEYS, rows }: RegisterPlan,
	) {
		this.scopeName = scopeName;
		this.bound = maxKeys * MARKS_PER_KEY;
		this.scope = enterScope(scopeName, rows);
	}

	/** Waits for others of this process that have the same key. After a turn, `settle` must follow. */
	async queueFor(key: string, options: ClaimOptions): Promise<KeyTurn | Denial> {
		const { underWay } = this.scope;
		for (let other = underWay.endOf(key); other; other = underWay.endOf(key)) {
			const end = await endOrStop(other, options.signal);
			if (end === 'stopped') return { kind: 'stopped' };
			if (end === 'done') return { kind: 'alreadySent' };
			if (end === 'unknown' && options.onUnknownOutcome === 'fail')
				return { kind: 'startedBefore' };
		}
		underWay.begin(key);
		return this.turnOf(key, options);
	}

	/** Waits for all marks. @returns why marks could not be written; they count as unknown later */
	async close(): Promise<readonly unknown[]> {
		await Promise.all(this.writes);
		await leaveScope(this.scopeName);
		return this.notWritten;
	}

	private turnOf(key: string, options: ClaimOptions): KeyTurn {
		const { underWay } = this.scope;
		let claim: Claim | undefined;
		let { forget } = options;
		let begunAt = 0;
		const close = (end: KeyEnd) => {
			if (claim?.kind !== 'send') return claim ? END_OF_DENIAL[claim.kind] : 'released';
			this.endSending(begunAt);
			this.writeDown(key, end);
			return end;
		};
		return {
			claim: async () => {
				claim = await this.consult(key, { ...options, forget });
				// What others have sent while the job waited is not to be forgotten.
				forget = false;
				begunAt = Date.now();
				if (claim.kind === 'send') this.scope.sending += 1;
				return claim;
			},
			giveBack: () => {
				close('released');
				claim = undefined;
			},
			settle: (end) => underWay.finish(key, close(end)),
		};
	}

	private endSending(begunAt: number): void {
		this.scope.sending -= 1;
		this.scope.lastSendMs = Date.now() - begunAt;
	}

	private writeDown(key: string, end: KeyEnd): void {
		if (end === 'done') this.keepWriting(this.record([`done:${key}`]));
		if (end === 'released')
			this.keepWriting(this.scope.queue.remove(this.store, [`started:${key}`]));
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

	private async consult(key: string, { forget, onUnknownOutcome }: ClaimOptions): Promise<Claim> {
		const started = `started:${key}`;
		const done = `done:${key}`;
		const { queue } = this.scope;
		try {
			if (forget) await queue.remove(this.store, [started, done]);
			const wasStarted = (await this.record([started])).has(started);
			if (!wasStarted) return { kind: 'send', startedBefore: false };
			const wasSent = (await queue.ask(this.store, [done])).has(done);
			if (wasSent) return { kind: 'alreadySent' };
			if (onUnknownOutcome === 'fail') return { kind: 'startedBefore' };
			return { kind: 'send', startedBefore: true };
		} catch (cause) {
			return { kind: 'notKept', cause };
		}
	}

	private async record(marks: readonly string[]): Promise<ReadonlySet<string>> {
		return await this.scope.queue.record(this.store, marks, this.bound);
	}
}

const END_OF_DENIAL: Record<Denial['kind'], KeyEnd> = {
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
