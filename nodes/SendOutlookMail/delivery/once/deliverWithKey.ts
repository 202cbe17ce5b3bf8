import type { KeyVerdict, Verdict } from '../../graph/verdict';
import type { Permit } from '../deliverOne';
import type { KeyEnd } from './keysUnderWay';
import type { ClaimOptions, Denial, KeyTurn, SendOnceRegister } from './sendOnceRegister';

/** A job's key, and whether it is to be forgotten first. */
export interface JobKey {
	key: string;
	forget: boolean;
}

interface Ended {
	verdict: Verdict | KeyVerdict | 'notTried';
	mayBeDuplicate: boolean;
}

/** What to report when the key already decides. */
export type DecidedByKey = Extract<Permit, { kind: 'denied' }>['instead'];

/**
 * Delivers only if the key allows it, and writes down how it ended.
 *
 * @param deliver makes the delivery; asks for leave right before an attempt, so that a key is not
 * marked as started while its job waits for a lane
 */
export async function deliverWithKey<D extends Ended>(
	register: SendOnceRegister,
	{ key, forget }: JobKey,
	options: Omit<ClaimOptions, 'forget'>,
	deliver: (mayStart: () => Promise<Permit>) => Promise<D>,
): Promise<D | DecidedByKey> {
	const turn = await register.queueFor(key, { ...options, forget });
	if ('kind' in turn) return insteadOfSending(turn);
	let end: KeyEnd = 'unknown';
	try {
		const delivery = await deliver(async () => await leaveToSend(turn));
		end = endOf(delivery);
		return delivery;
	} finally {
		turn.settle(end);
	}
}

async function leaveToSend(turn: KeyTurn): Promise<Permit> {
	const claim = await turn.claim();
	return claim.kind === 'send'
		? { kind: 'granted', mayBeDuplicate: claim.startedBefore, giveBack: () => turn.giveBack() }
		: { kind: 'denied', instead: insteadOfSending(claim) };
}

function insteadOfSending(denial: Denial): DecidedByKey {
	switch (denial.kind) {
		case 'alreadySent':
		case 'startedBefore':
			return { verdict: denial.kind };
		case 'stopped':
			return { verdict: 'notTried' };
		case 'notKept':
			return { verdict: 'keyNotKept', keyCause: denial.cause };
	}
}

function endOf({ verdict, mayBeDuplicate }: Ended): KeyEnd {
	if (verdict === 'accepted') return 'done';
	return verdict === 'unknown' || mayBeDuplicate ? 'unknown' : 'released';
}
