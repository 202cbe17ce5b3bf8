/** Ends waits without touching what is under way. */
export interface Halt {
	signal: AbortSignal;
	abort(): void;
	/** Nothing waits any more. */
	release(): void;
}

/**
 * Ends every wait when the execution is stopped, or when somebody says so. A request that is under
 * way goes on: if it were cut off, its outcome would be unknown.
 *
 * @param signal of the execution
 */
export function haltWith(signal: AbortSignal | undefined): Halt {
	const halt = new AbortController();
	const abort = () => halt.abort();
	if (signal?.aborted) abort();
	signal?.addEventListener('abort', abort, { once: true });
	return {
		signal: halt.signal,
		abort,
		release: () => signal?.removeEventListener('abort', abort),
	};
}
