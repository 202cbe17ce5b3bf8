import type { KeyVerdict, Verdict } from '../../outcome/verdict';
import type { KeyEnd } from './keysUnderWay';
import type { ClaimOptions, SendOnceRegister } from './sendOnceRegister';

/** A parcel's key, and whether it is to be forgotten first. */
export interface ParcelKey {
	key: string;
	forget: boolean;
}

interface Ended {
	verdict: Verdict | KeyVerdict | 'notTried';
	mayBeDuplicate: boolean;
}

/** What to report when the key already decides. */
export interface DecidedByKey {
	verdict: KeyVerdict | 'notTried';
	keyCause?: unknown;
}

/**
 * Delivers only if the key allows it, and writes down how it ended.
 *
 * @param deliver makes the delivery; told whether an earlier run may have made it already
 */
export async function deliverWithKey<D extends Ended>(
	register: SendOnceRegister,
	{ key, forget }: ParcelKey,
	options: Omit<ClaimOptions, 'forget'>,
	deliver: (startedBefore: boolean) => Promise<D>,
): Promise<D | DecidedByKey> {
	const claim = await register.claim(key, { ...options, forget });
	switch (claim.kind) {
		case 'alreadySent':
		case 'startedBefore':
			return { verdict: claim.kind };
		case 'stopped':
			return { verdict: 'notTried' };
		case 'notKept':
			return { verdict: 'keyNotKept', keyCause: claim.cause };
	}
	let end: KeyEnd = 'unknown';
	try {
		const delivery = await deliver(claim.startedBefore);
		end = endOf(delivery);
		return delivery;
	} finally {
		register.settle(key, end);
	}
}

function endOf({ verdict, mayBeDuplicate }: Ended): KeyEnd {
	if (verdict === 'accepted') return 'done';
	return verdict === 'unknown' || mayBeDuplicate ? 'unknown' : 'released';
}
