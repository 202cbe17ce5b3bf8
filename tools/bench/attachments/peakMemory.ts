import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Begins to measure the most resident memory anew (proc(5), `clear_refs`).
 *
 * @returns the most resident memory since then, in bytes
 */
export function watchPeakMemory(): () => number {
	writeFileSync('/proc/self/clear_refs', '5');
	return () => {
		const line = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'));
		if (!line) throw new Error('This system does not tell the most resident memory');
		return Number(line[1]) * 1024;
	};
}
