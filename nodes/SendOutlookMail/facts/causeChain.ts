import { firstWords } from './redact';

/** One error of a chain; errors of other realms and libraries are read by shape, not by class. */
export type CauseLink = Readonly<Record<string, unknown>>;

/** An error and what it was caused by, outermost first; a cycle ends the walk. */
export function causeChain(error: unknown): CauseLink[] {
	const chain: CauseLink[] = [];
	let link: unknown = error;
	while (typeof link === 'object' && link !== null && !chain.includes(link as CauseLink)) {
		chain.push(link as CauseLink);
		link = (link as CauseLink).cause;
	}
	return chain;
}

/** The error's own words; undefined where it has none. */
export function messageOf(error: unknown): string | undefined {
	const message = causeChain(error)[0]?.message;
	return typeof message === 'string' && message !== '' ? message : undefined;
}

/**
 * An error with its words and code alone. Errors of HTTP clients hold the request and the answer,
 * which must not stay in memory until a run has ended.
 */
export function lightened(error: Error): Error {
	const { code } = error as { code?: unknown };
	const light = new Error(firstWords(error.message));
	light.name = error.name;
	return Object.assign(light, typeof code === 'string' ? { code } : {});
}

/** An error as an `Error`, whatever was thrown. */
export function asError(thrown: unknown): Error {
	return messageOf(thrown) === undefined ? new Error(String(thrown)) : (thrown as Error);
}
