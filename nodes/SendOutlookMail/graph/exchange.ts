import { AccountRefusal, lightened } from '../facts/failure';
import { readJson, type JsonObject } from '../facts/json';
import type { KnownSecrets } from '../facts/knownSecrets';
import { definedEntries, harmless, identifier } from '../facts/redact';
import { findSignInFailure, isTemporary, type SignInFailure } from '../facts/signInFailure';
import {
	readGraphAnswer,
	readGraphError,
	type GraphAnswer,
	type GraphError,
	type RawAnswer,
	verdictOfAnswer,
	verdictWhilePreparing,
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
	return {
		kind: 'answered',
		verdict: verdictOfAnswer(answer, graphError?.code),
		answer,
		...definedEntries({ graphError }),
		...definedEntries({ json: succeeded && keepJson ? readJson(raw.body) : undefined }),
	};
}

/** @param cause only its words are kept: an error of n8n may hold the whole request */
export function broken(
	stage: BreakStage,
	cause: Error,
	{ renewing = false, unexpected = false } = {},
): Extract<Exchange, { kind: 'broken' }> {
	return {
		kind: 'broken',
		verdict: stage === 'beforeRequest' ? 'notTaken' : 'unknown',
		stage,
		cause: lightened(cause),
		...(renewing ? { renewing } : {}),
		...(unexpected ? { unexpected } : {}),
	};
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

export function unreadable(cause: UnreadableFile): Exchange {
	return { kind: 'unreadable', verdict: 'refused', cause };
}

export function notAllowed(refusals: readonly [Refusal, ...Refusal[]]): Exchange {
	return { kind: 'notAllowed', verdict: 'refused', refusals };
}

/** The same exchange where it only prepared the email; its body has been read. */
export function whilePreparing(exchange: Exchange): Exchange {
	return {
		...withoutJson(exchange),
		verdict: verdictWhilePreparing(exchange.verdict, exchange.kind === 'stopped'),
		preparing: true,
	};
}

/** The same exchange where the email was surely not taken, and may be a moment later. */
export function toBeRepeated(exchange: Exchange): Exchange {
	return { ...withoutJson(exchange), verdict: 'notTaken' };
}

/** The same exchange where it was a part of a file that was sent. */
export function atUploadHost(exchange: Exchange, uploadHost: string): Exchange {
	return { ...exchange, uploadHost };
}

/** The same exchange with what Entra ID says of it, learned later. */
export function withSignIn(exchange: Exchange, signIn: SignInFailure): Exchange {
	return { ...exchange, signIn };
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
