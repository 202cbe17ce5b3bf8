import type { EgressRule } from './egressRefusal';
import type { UnreadableFile } from './unreadableFile';

/** What Graph, or something between here and Graph, answered. */
export interface GraphAnswer {
	status: number;
	/** Header names in lower case. */
	headers: Readonly<Record<string, string>>;
	body: string;
}

/**
 * How a connection ended without an answer. The difference decides whether sending again is safe:
 * `beforeRequest` means that not one byte of the request left this machine.
 */
export type BreakStage = 'beforeRequest' | 'afterRequest';

/** What Graph told of a mail while it was still a draft. */
export interface MailIdentity {
	/** Immutable: the copy in Sent Items has the same. */
	messageId?: string;
	internetMessageId?: string;
	webLink?: string;
}

/** One request and what came of it. The transport reports every end as data; it throws nothing. */
export type Exchange = (
	| { kind: 'answered'; answer: GraphAnswer }
	/** `renewing`: it was the sign-in host that could not be reached, to renew the token. */
	| { kind: 'broken'; stage: BreakStage; cause: Error; renewing?: true }
	/** n8n does not let its nodes connect to this host; nothing was sent. */
	| { kind: 'blocked'; host: string; rule: EgressRule; cause: Error }
	/** The token endpoint refused to renew the token; the request itself was not taken. */
	| { kind: 'signInRequired'; cause: Error }
	/** The execution was stopped; `stage` says whether the request may have been taken. */
	| { kind: 'stopped'; stage: BreakStage }
	/** A file that the request was to carry could not be read, so it was not made. */
	| { kind: 'unreadable'; cause: UnreadableFile }
) & {
	/** The request only prepared the mail, so whatever came of it, the mail was not taken. */
	preparing?: true;
	/** For a mail that travelled as a draft. */
	mail?: MailIdentity;
};
