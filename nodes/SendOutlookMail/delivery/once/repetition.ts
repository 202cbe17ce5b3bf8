import type { Job } from '../job';
import type { SendOnceKey } from './sendOnceKey';

/** When one job may go again. */
export interface Repetition {
	onUnknownOutcome: 'fail' | 'retry';
	sendOnce: SendOnceKey;
	forgetKey: boolean;
}

export function jobRules({
	onUnknownOutcome,
	sendOnce,
	forgetKey,
}: Repetition): Pick<Job, 'once' | 'onUnknownOutcome'> {
	return {
		onUnknownOutcome,
		once: sendOnce.kind === 'key' ? { key: sendOnce.key, forget: forgetKey } : undefined,
	};
}
