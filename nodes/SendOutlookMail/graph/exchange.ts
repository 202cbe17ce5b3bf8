import { AccountRefusal, lightened } from '../facts/failure';
import { definedEntries, readJson, type JsonObject } from '../facts/json';
import type { KnownSecrets } from '../facts/knownSecrets';
import { harmless, identifier } from '../facts/redact';
import { findSignInFailure, isTemporary, type SignInFailure } from '../facts/signInFailure';
import {
	readGraphAnswer,
	readGraphError,
	type GraphAnswer,
	type GraphError,
	type RawAnswer,
	verdictOfAnswer,
	type Verdict,
} from './verdict';
import type { Refusal } from '../mail/issues';
import type { UnreadableFile } from './files';

/**
 * How a connection ended without an answer. The difference decides whether sending again is safe:
 * `beforeRequest` means that not one byte of the request left this machine.
 */
export type BreakStage = 'beforeRequest' | 'afterRequest';

/** By which of its rules n8n refuses a connection: the name of the host, or the address behind it. */
export type EgressRule = 'hostname' | 'address';

/** What Graph said of an email while it was still a draft. */
export interface MailIdentity {
	/** Immutable: the copy in Sent Items has the same. */
	messageId?: string;
	internetMessageId?: string;
	webLink?: string;
}

/**
 * One request and what came of it. The transport reports every end as data; it throws nothing. The
 * facts are established here, once; nobody after this reads a body or an error of n8n.
 */
export type Exchange = (
	| {
			kind: 'answered';
			answer: GraphAnswer;
			/** The body, where the request asked for it. */
			json?: JsonObject | undefined;
	  }
	/**
	 * `renewing`: it was the sign-in host that could not be reached, to renew the token. `unexpected`: it
	 * was not the network; something threw that should not.
	 */
	| { kind: 'broken'; stage: BreakStage; cause: Error; renewing?: true; unexpected?: true }
	/** n8n does not let its nodes connect to this host; nothing was sent. */
	| { kind: 'blocked'; host: string; rule: EgressRule; cause: Error }
	/**
	 * The token endpoint refused to renew the token, or `accountRefusal` says why it need not be
	 * asked; the request itself was not taken.
	 */
	| { kind: 'signInRequired'; accountRefusal?: AccountRefusal | undefined }
	/** The execution was stopped; `stage` says whether the request may have been taken. */
	| { kind: 'stopped'; stage: BreakStage }
	/** A file that the request was to carry could not be read, so it was not made. */
	| { kind: 'unreadable'; cause: UnreadableFile }
	/** A draft names recipients that are not allowed, so it was not sent. */
	| { kind: 'notAllowed'; refusals: readonly [Refusal, ...Refusal[]] }
) & {
	/** What it means for the email. */
	verdict: Verdict;
	/** What Graph said of a request that it did not serve. */
	graphError?: GraphError | undefined;
	/** What Entra ID said when it did not renew the token. */
	signIn?: SignInFailure | undefined;
	/** The request only prepared the email, so whatever came of it, the email was not taken. */
	preparing?: true;
	/** The host to which a file was uploaded: Outlook's, not Graph's. */
	uploadHost?: string;
	/** For an email that was sent as a draft. */
	mail?: MailIdentity;
};

/** @param keepJson whether the body of a success is read; bodies are dropped otherwise */
export function answered(raw: RawAnswer, { keepJson = false } = {}): Exchange {
	const answer = readGraphAnswer(raw);
	const succeeded = raw.status >= 200 && raw.status < 300;
	const graphError = succeeded ? undefined : readGraphError(raw.body);
	const json = succeeded && keepJson ? readJson(raw.body) : undefined;
	const verdict = verdictOfAnswer(answer, graphError?.code);
	return { kind: 'answered', verdict, answer, ...definedEntries({ graphError, json }) };
}

/** @param cause only its words are kept: an error of n8n may hold the whole request */
export function broken(
	stage: BreakStage,
	cause: Error,
	marks: { renewing?: true; unexpected?: true } = {},
): Extract<Exchange, { kind: 'broken' }> {
	const verdict = stage === 'beforeRequest' ? 'notTaken' : 'unknown';
	return { kind: 'broken', verdict, stage, cause: lightened(cause), ...marks };
}

export function blocked(host: string, rule: EgressRule, cause: Error): Exchange {
	return { kind: 'blocked', verdict: 'refused', host, rule, cause: lightened(cause) };
}

/** @param cause why n8n has no new token */
export function signInRequired(cause: Error): Exchange {
	const signIn = findSignInFailure(cause);
	return {
		kind: 'signInRequired',
		verdict: signIn && isTemporary(signIn) ? 'notTaken' : 'unauthorized',
		...definedEntries({ signIn }),
		...(cause instanceof AccountRefusal ? { accountRefusal: cause } : {}),
	};
}

export function stopped(stage: BreakStage): Exchange {
	return { kind: 'stopped', verdict: stage === 'beforeRequest' ? 'stopped' : 'unknown', stage };
}

/**
 * The same exchange where it only prepared the email: nothing before the sending can have sent it. Its
 * body has been read.
 */
export function whilePreparing(exchange: Exchange): Exchange {
	const untaken = exchange.kind === 'stopped' ? 'stopped' : 'notTaken';
	const mayBeTaken = ['unknown', 'accepted'].includes(exchange.verdict);
	const verdict = mayBeTaken ? untaken : exchange.verdict;
	return { ...withoutJson(exchange), verdict, preparing: true };
}

/** The same exchange where the email was surely not taken, and may be a moment later. */
export function toBeRepeated(exchange: Exchange): Exchange {
	return { ...withoutJson(exchange), verdict: 'notTaken' };
}

/** By which IDs Graph knows the request and the email; none that repeats a secret. */
export function idsOf(
	exchange: Exchange,
	secrets: KnownSecrets | undefined,
): MailIdentity & { requestId?: string } {
	const { graphError, mail = {} } = exchange;
	const header = exchange.kind === 'answered' ? exchange.answer.headers['request-id'] : undefined;
	return definedEntries({
		requestId: identifier(header ?? graphError?.requestId, secrets),
		messageId: mail.messageId && harmless(mail.messageId, secrets),
		internetMessageId: mail.internetMessageId && harmless(mail.internetMessageId, secrets),
		webLink: mail.webLink && harmless(mail.webLink, secrets),
	});
}

function withoutJson(exchange: Exchange): Exchange {
	if (exchange.kind !== 'answered') return exchange;
	const { json: _read, ...rest } = exchange;
	return rest;
}
