import type { IExecuteFunctions } from 'n8n-workflow';
import { orStopped } from '../../facts/clock';
import type { JobKey, KeyVerdict } from '../job';
import { findKeyStore, type KeyStore } from './keyStore';

/** How the sending of a key ended: taken, unknown, or surely not taken. */
export type KeyEnd = 'done' | 'unknown' | 'released';

/** The key is sent now. `mayBeDuplicate`: an earlier run may have sent it. */
interface Claimed {
	mayBeDuplicate: boolean;
}

/** Why a key is not sent now. */
interface Denial {
	verdict: KeyVerdict | 'notTried';
	keyCause?: unknown;
}

/** One job's key. Other jobs of this process with the same key wait until it is settled. */
export interface HeldKey {
	/** Inserts the key's row, right before the first request. */
	claim(): Promise<Claimed | Denial>;
	/** Stores how it ended. @returns when that is written, or could not be */
	settle(end: KeyEnd): Promise<void>;
}

/** Keys that this process is sending or writing at the moment, and how each ends. */
export const keysInFlight = new Map<string, Promise<KeyEnd>>();

/** The keys of one run. */
export class SentOnce {
	/** Why outcomes could not be written; those keys count as unknown later. */
	readonly lost: unknown[] = [];

	/** @param scope names the node within this n8n */
	constructor(
		private readonly store: KeyStore,
		private readonly scope: string,
	) {}

	/**
	 * Waits for others of this process that have the same key. What is held is to be settled.
	 *
	 * @param onUnknown `retry` sends a key again whose outcome is not known
	 */
	async hold(
		{ key, forget }: JobKey,
		onUnknown: 'fail' | 'retry',
		signal: AbortSignal,
	): Promise<HeldKey | Denial> {
		const name = JSON.stringify([this.scope, key]);
		for (let other = keysInFlight.get(name); other; other = keysInFlight.get(name)) {
			const end = await orStopped(other, signal);
			if (end === 'stopped') return { verdict: 'notTried' };
			if (end === 'done') return { verdict: 'alreadySent' };
			if (end === 'unknown' && onUnknown === 'fail') return { verdict: 'startedBefore' };
		}
		let ended: (end: KeyEnd) => void = () => {};
		keysInFlight.set(name, new Promise((resolve) => (ended = resolve)));
		let isMine = false;
		return {
			claim: async () => {
				const claimed = await this.claim({ key, forget }, onUnknown);
				isMine = !('verdict' in claimed);
				return claimed;
			},
			settle: async (end) => {
				// Taken: those who wait need not wait for the write. Until then others must not ask the store.
				if (end === 'done') ended(end);
				if (isMine) await this.write(key, end);
				keysInFlight.delete(name);
				ended(end);
			},
		};
	}

	private async claim(
		{ key, forget }: JobKey,
		onUnknown: 'fail' | 'retry',
	): Promise<Claimed | Denial> {
		try {
			if (forget) await this.store.remove(key);
			const claim = await this.store.claim(key);
			if (claim === 'done') return { verdict: 'alreadySent' };
			if (claim === 'claimed') return { mayBeDuplicate: false };
			return onUnknown === 'retry' ? { mayBeDuplicate: true } : { verdict: 'startedBefore' };
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
			this.lost.push(cause);
		}
	}
}

/** The keys of this run; undefined where n8n has no table for them. Without a key, nothing is stored. */
export function findKeys(
	context: Pick<IExecuteFunctions, 'getNode' | 'getWorkflow'>,
): SentOnce | undefined {
	const store = findKeyStore(context, 'sendOnce');
	const scope = JSON.stringify([context.getWorkflow().id, context.getNode().id]);
	return store && new SentOnce(store, scope);
}
