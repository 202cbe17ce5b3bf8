import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

/** What a process used since the meter was started. */
export interface Usage {
	cpuSeconds: number;
	peakMegabytes: number;
}

/** Reads Linux's account of a process; other systems keep none in this form. */
export function startMeter(pid: number): () => Usage {
	const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
	const ticks = () => {
		const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
		return Number(fields[11]) + Number(fields[12]);
	};
	// Forgets the highest memory so far: https://docs.kernel.org/filesystems/proc.html
	writeFileSync(`/proc/${pid}/clear_refs`, '5');
	const before = ticks();
	return () => {
		const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
		return {
			cpuSeconds: (ticks() - before) / ticksPerSecond,
			peakMegabytes: Number(peak?.[1]) / 1024,
		};
	};
}
