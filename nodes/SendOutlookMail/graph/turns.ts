/**
 * Calls `next` after everything that has reached this machine by now was handled. The first turn ends
 * the round of events that is under way; before the second, Node.js asks the operating system for
 * what came since.
 * https://nodejs.org/en/learn/asynchronous-work/event-loop-timers-and-nexttick
 */
export function afterWhatCame(next: () => void): void {
	setImmediate(() => setImmediate(next));
}
