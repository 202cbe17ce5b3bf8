import type { IExecuteFunctions } from 'n8n-workflow';
import { orStopped } from '../../facts/clock';
import type { JobKey, KeyVerdict } from '../job';
import { openKeyStore, type KeyStore } from './keyStore';

/** How the sending of a key ended: taken, unknown, or surely not taken. */
export type KeyEnd = 'done' | 'unknown' | 'released';

/** Why a key is not sent now. */
interface Denial {
	verdict: KeyVerdict | 'notTried';
	keyCause?: unknown;
}

interface KeyOptions extends JobKey {
	/** `retry` sends a key again whose outcome is not known. */
	onUnknownOutcome: 'fail' | 'retry';
	signal: AbortSignal;
}

/** One job's key. Other jobs of this process with the same key wait until it is settled. */
export interface HeldKey {
	/**
	 * Inserts the key's row, right before the first request.
	 *
	 * @returns whether an earlier run may have sent it, or why it is not sent
	 */
	claim(): Promise<{ startedBefore: boolean } | Denial>;
	/** Stores how it ended. @returns when that is written, or could not be */
	settle(end: KeyEnd): Promise<void>;
}

/** Keys that this process is sending at the moment, and how each ends. */
const inFlight = new Map<string, Promise<KeyEnd>>();

/** How many keys are being sent or written. */
export function keysInFlight(): number {
	return inFlight.size;
}

/** The keys of one run. */
export class SentOnce {
	private readonly notWritten: unknown[] = [];

	/** @param scope names the node within this n8n */
	constructor(
		private readonly store: KeyStore,
		private readonly scope: string,
	) {}

	/** Waits for others of this process that have the same key. What is held is to be settled. */
	async hold({ key, forget, onUnknownOutcome, signal }: KeyOptions): Promise<HeldKey | Denial> {
		const name = JSON.stringify([this.scope, key]);
		for (let other = inFlight.get(name); other; other = inFlight.get(name)) {
			const end = await orStopped(other, signal);
			if (end === 'stopped') return { verdict: 'notTried' };
			if (end === 'done') return { verdict: 'alreadySent' };
			if (end === 'unknown' && onUnknownOutcome === 'fail') return { verdict: 'startedBefore' };
		}
		let ended: (end: KeyEnd) => void = () => {};
		inFlight.set(name, new Promise((resolve) => (ended = resolve)));
		let isMine = false;
		return {
			claim: async () => {
				const claimed = await this.claim(key, { forget, onUnknownOutcome });
				isMine = 'startedBefore' in claimed;
				return claimed;
			},
			settle: async (end) => {
				// Taken: those who wait need not wait for the write. Until then others must not ask the store.
				if (end === 'done') ended(end);
				if (isMine) await this.write(key, end);
				inFlight.delete(name);
				ended(end);
			},
		};
	}

	/** @returns why outcomes could not be written; those keys count as unknown later */
	get lost(): readonly unknown[] {
		return this.notWritten;
	}

	private async claim(
		key: string,
		{ forget, onUnknownOutcome }: Pick<KeyOptions, 'forget' | 'onUnknownOutcome'>,
	): Promise<{ startedBefore: boolean } | Denial> {
		try {
			if (forget) await this.store.remove(key);
			const claim = await this.store.claim(key);
			if (claim === 'done') return { verdict: 'alreadySent' };
			if (claim === 'claimed') return { startedBefore: false };
			return onUnknownOutcome === 'retry' ? { startedBefore: true } : { verdict: 'startedBefore' };
		} catch (error) {
			return { verdict: 'keyNotKept', keyCause: (error as Error).cause ?? error };
		}
	}

	private async write(key: string, end: KeyEnd): Promise<void> {
		if (end === 'unknown') return;
		const write = async () =>
			end === 'done' ? await this.store.markDone(key) : await this.store.remove(key);
		try {
			await write().catch(write);
		} catch (cause) {
			this.notWritten.push(cause);
		}
	}
}

/** Whether this n8n has a table for keys that the node can reach. */
export function keepsKeys(context: KeyContext): boolean {
	return openKeyStore(context, 'sendOnce') !== undefined;
}

type KeyContext = Parameters<typeof openKeyStore>[0] & Pick<IExecuteFunctions, 'getWorkflow'>;

/** The keys of this run; undefined where n8n has no table for them. Without a key, nothing is stored. */
export function openKeys(context: KeyContext): SentOnce | undefined {
	const store = openKeyStore(context, 'sendOnce');
	const scope = JSON.stringify([context.getWorkflow().id, context.getNode().id]);
	return store && new SentOnce(store, scope);
}
