import type { Parcel } from '../deliver';
import type { SendOnceKey } from './sendOnceKey';

/** When one parcel may go again. */
export interface Repetition {
	onUnknownOutcome: 'fail' | 'retry';
	sendOnce: SendOnceKey;
	forgetKey: boolean;
}

export function parcelRules({
	onUnknownOutcome,
	sendOnce,
	forgetKey,
}: Repetition): Pick<Parcel, 'once' | 'onUnknownOutcome'> {
	return {
		onUnknownOutcome,
		once: sendOnce.kind === 'key' ? { key: sendOnce.key, forget: forgetKey } : undefined,
	};
}
