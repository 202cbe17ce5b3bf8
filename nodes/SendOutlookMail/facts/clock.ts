/** Time as delivery sees it; tests have one of their own. */
export interface Clock {
	/** Milliseconds since 1970. */
	now: () => number;
	/** Calls back after so many milliseconds. @returns what calls it off */
	after: (delayMs: number, call: () => void) => () => void;
	/** From 0 to 1. */
	random: () => number;
}

export const SYSTEM_CLOCK: Clock = {
	now: Date.now,
	after: (delayMs, call) => {
		const timer = setTimeout(call, delayMs);
		return () => clearTimeout(timer);
	},
	random: Math.random,
};
