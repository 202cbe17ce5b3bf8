import type { Job } from './job';

/** When one email may be sent again. */
export interface Repetition {
	onUnknownOutcome: 'fail' | 'retry';
	sendOnce: SendOnceKey;
	forgetKey: boolean;
}

/** What a designer's Send Once Key says. */
export type SendOnceKey =
	| { kind: 'none' }
	| { kind: 'key'; key: string }
	| { kind: 'empty' | 'unreadable' };

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

/**
 * Reads the option as n8n evaluated it. An option that is there but empty is not the same as none:
 * its email would be sent again and again.
 */
export function readSendOnceKey(options: Readonly<Record<string, unknown>>): SendOnceKey {
	if (!Object.hasOwn(options, 'sendOnceKey')) return { kind: 'none' };
	const value = options.sendOnceKey;
	if (value === undefined || value === null) return { kind: 'empty' };
	if (typeof value !== 'string' && !Number.isFinite(value)) return { kind: 'unreadable' };
	const key = String(value as string | number).trim();
	return key === '' ? { kind: 'empty' } : { kind: 'key', key };
}
