/** A line of progress after every tenth part. */
const PARTS = 10;

/**
 * Does the same `count` times, `simultaneous` at once, and reports progress on the screen.
 *
 * @returns the results, in the order in which the work began
 * @throws the first failure, after the work in progress has ended
 */
export async function inParallel<T>(
	count: number,
	simultaneous: number,
	doing: string,
	work: (index: number) => Promise<T>,
): Promise<T[]> {
	const begun = Date.now();
	const results: T[] = [];
	let next = 0;
	let done = 0;
	let failure: { error: unknown } | undefined;
	const lane = async () => {
		while (next < count && !failure) {
			const index = next;
			next += 1;
			try {
				results[index] = await work(index);
			} catch (error) {
				failure ??= { error };
			}
			done += 1;
			if (Math.floor((done * PARTS) / count) > Math.floor(((done - 1) * PARTS) / count)) {
				const seconds = Math.round((Date.now() - begun) / 1_000);
				process.stdout.write(`  … ${doing}: ${done} of ${count} after ${seconds} s\n`);
			}
		}
	};
	await Promise.all(Array.from({ length: simultaneous }, lane));
	if (failure) throw failure.error;
	return results;
}
