/**
 * Runs `work(0)` to `work(count - 1)`, at most `lanes` of them at a time and in that order of
 * starting. After a `stop` nothing new is started; what is under way is waited for.
 */
export async function runInLanes(
	count: number,
	lanes: number,
	work: (index: number) => Promise<'goOn' | 'stop'>,
): Promise<void> {
	let next = 0;
	let stopped = false;
	const lane = async () => {
		while (!stopped && next < count) {
			if ((await work(next++)) === 'stop') stopped = true;
		}
	};
	await Promise.all(Array.from({ length: Math.min(lanes, count) }, lane));
}
