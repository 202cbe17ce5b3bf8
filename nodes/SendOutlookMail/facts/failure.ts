import { asObject, asText, definedEntries, type JsonObject } from './json';
import { firstWords } from './redact';

/** Why an email was not sent, in words for the person who can fix it. The one shape of all errors. */
export interface Failure {
	/** Stable, for conditions in a workflow: Graph's code, OAuth's code or one of ours. */
	code: string;
	/** What happened. One sentence, without a full stop. */
	message: string;
	/** What to do about it, and who can. */
	remedy: string;
	/** For Microsoft's support and for logs; never a secret, a token or a part of the email. */
	details?: FailureDetails;
}

export interface FailureDetails {
	/** The name of the credential, as the designer gave it. */
	credential?: string;
	httpStatus?: number;
	/** e.g. `AADSTS7000222` */
	aadsts?: string;
	/** Graph's id of the request. */
	requestId?: string;
	clientRequestId?: string;
	traceId?: string;
	/** ISO 8601. */
	time?: string;
	/** Microsoft's own words, shortened. */
	microsoftSays?: string;
	/** The operating system's own words for a connection that could not be made. */
	networkSays?: string;
	/** n8n's own words for a connection that its settings do not allow, or the words of an error in it. */
	n8nSays?: string;
	/** The words of n8n's own store. */
	storeSays?: string;
}

/** An account or a credential that can't be used, whichever email it is for. */
export class AccountRefusal extends Error {
	override readonly name = 'AccountRefusal';

	/**
	 * @param code stable, e.g. `notConnected`
	 * @param message what is wrong, one sentence without a full stop
	 * @param remedy how to fix it, and who can
	 */
	constructor(
		readonly code: string,
		message: string,
		readonly remedy: string,
	) {
		super(message);
	}
}

/**
 * An error and what it was caused by, outermost first; stops at a cycle. Errors of other realms and
 * libraries are read by shape, not by class.
 */
export function causeChain(error: unknown): JsonObject[] {
	const chain: JsonObject[] = [];
	let link = asObject(error);
	while (link && !chain.includes(link)) {
		chain.push(link);
		link = asObject(link.cause);
	}
	return chain;
}

/** The error's own words; undefined where it has none. */
export function messageOf(error: unknown): string | undefined {
	return asText(asObject(error)?.message) || undefined;
}

/**
 * An error with its words and code alone. Errors of HTTP clients hold the request and the answer,
 * which must not stay in memory until the run is over.
 */
export function lightened(error: Error): Error {
	const { name, message, code } = error as Error & { code?: unknown };
	const light = new Error(firstWords(message));
	return Object.assign(light, { name, ...definedEntries({ code: asText(code) }) });
}

/** An error as an `Error`, whatever was thrown. */
export function asError(thrown: unknown): Error {
	return messageOf(thrown) === undefined ? new Error(String(thrown)) : (thrown as Error);
}
