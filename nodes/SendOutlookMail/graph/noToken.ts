import { readBlocked } from './egressRefusal';
import { broken, signInRequired, type Exchange } from './exchange';
import { findSignInFailure } from '../facts/signInFailure';

/** What came of a request that was not made, because there was no token to make it with. */
export function readNoToken(cause: Error, loginOrigin: string | undefined): Exchange {
	if (findSignInFailure(cause)) return signInRequired(cause);
	const blocked = readBlocked(cause, loginOrigin === undefined ? undefined : new URL(loginOrigin));
	return blocked ?? broken('beforeRequest', cause, { renewing: true });
}
