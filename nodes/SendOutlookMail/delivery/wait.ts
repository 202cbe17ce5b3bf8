/** Waits, but not a moment longer than the execution runs. */
export async function waitOrStop(
	delayMs: number,
	signal?: AbortSignal,
): Promise<'waited' | 'stopped'> {
	if (signal?.aborted) return 'stopped';
	return await new Promise((resolve) => {
		const stop = () => {
			clearTimeout(timer);
			resolve('stopped');
		};
		const timer = setTimeout(() => {
			signal?.removeEventListener('abort', stop);
			resolve('waited');
		}, delayMs);
		signal?.addEventListener('abort', stop, { once: true });
	});
}
