import { readBlocked } from './egressRefusal';
import type { Exchange } from './exchange';
import { findSignInFailure } from '../facts/signInFailure';

/** What came of a request that was not made, because there was no token to make it with. */
export function readNoToken(cause: Error, loginOrigin: string | undefined): Exchange {
	if (findSignInFailure(cause)) return { kind: 'signInRequired', cause };
	const blocked = readBlocked(cause, loginOrigin === undefined ? undefined : new URL(loginOrigin));
	return blocked ?? { kind: 'broken', stage: 'beforeRequest', cause, renewing: true };
}
