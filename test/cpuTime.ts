/** Milliseconds of CPU that the work takes; unlike the time on the wall, other programs add nothing. */
export function cpuMsOf(work: () => unknown): number {
	const before = process.cpuUsage();
	work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1_000;
}
