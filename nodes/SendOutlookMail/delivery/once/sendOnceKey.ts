/** What a designer's Send Once Key says. */
export type SendOnceKey =
	| { kind: 'none' }
	| { kind: 'key'; key: string }
	| { kind: 'empty' | 'unreadable' };

/**
 * Reads the option as n8n evaluated it. An option that is there but empty is not the same as none:
 * its mail would go again and again.
 */
export function readSendOnceKey(options: Readonly<Record<string, unknown>>): SendOnceKey {
	if (!Object.hasOwn(options, 'sendOnceKey')) return { kind: 'none' };
	const value = options.sendOnceKey;
	if (value === undefined || value === null) return { kind: 'empty' };
	if (typeof value !== 'string' && !Number.isFinite(value)) return { kind: 'unreadable' };
	const key = String(value as string | number).trim();
	return key === '' ? { kind: 'empty' } : { kind: 'key', key };
}
