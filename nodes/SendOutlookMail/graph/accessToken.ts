import type { ICredentialDataDecryptedObject, IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Clock } from '../facts/clock';
import { asError } from '../facts/failure';
import type { KnownSecrets } from '../facts/knownSecrets';
import { findSignInFailure, isTemporary } from '../facts/signInFailure';

/** A token is renewed when it expires sooner than this, in milliseconds. */
const RENEW_AHEAD_MS = 60_000;

/** How long a token is waited for, in milliseconds: n8n's own request for one may hang for minutes. */
const TOKEN_LIMIT_MS = 30_000;

/** Every method throws `NoToken`: n8n's error, or that the wait has ended. */
export interface AccessTokens {
	/** The token to send now; renewed ahead of time, so that no large body is sent twice. */
	current(signal?: AbortSignal): Promise<string>;
	/**
	 * The token to send after Graph rejected one. However many requests and executions ask, there is
	 * one renewal.
	 */
	renewed(rejected: string, signal?: AbortSignal): Promise<string>;
}

/** There is no token to send with. */
export class NoToken extends Error {
	constructor(override readonly cause: Error) {
		super(cause.message);
	}
}

/** Whose token it is. */
export interface TokenOwner {
	credentialType: string;
	/** The secrets of the credential; learns every token, so that none is repeated. */
	app?: { secrets?: KnownSecrets | undefined };
	/** Why this n8n cannot renew the token, where that is known beforehand. */
	cannotRenew?: Error | undefined;
}

/** n8n's token data, as far as it is used here. */
interface TokenData {
	access_token?: unknown;
	/** Seconds from the renewal. */
	expires_in?: unknown;
	/** Milliseconds since 1970; only where n8n renewed the token itself. */
	n8n_expires_at?: unknown;
}

interface Token {
	value: string;
	/** From when on it is renewed ahead of time; infinity when it is not known when the token expires. */
	renewFromMs: number;
}

type RenewalContext = Pick<IExecuteFunctions, 'getCredentials' | 'getNode' | 'helpers'>;

/**
 * Renewals in progress in this process, by credential and by the token that each is to replace: one for
 * all executions that hold this token. Others that ask meanwhile wait for it and get its result, a
 * refusal too. The token belongs to the key because n8n may keep a token for each of its users under
 * one credential.
 */
export const renewalsInProgress = new Map<string, Promise<Token>>();

/**
 * The token of the linked account, from n8n and renewed through n8n, which keeps the refresh token
 * and one lease per credential, across its processes.
 */
export function createAccessTokens(
	context: RenewalContext,
	{ credentialType, app, cannotRenew }: TokenOwner,
	clock: Clock,
	limitMs = TOKEN_LIMIT_MS,
): AccessTokens {
	const secrets = app?.secrets;
	let known: Token | undefined;
	/** The same question would get the same answer, once for each email of the run. */
	let refusedForGood: { rejected: string; cause: unknown } | undefined;
	const isDue = ({ renewFromMs }: Token) => !cannotRenew && clock.now() >= renewFromMs;
	const canBeSent = (token: Token) => !isDue(token) && refusedForGood?.rejected !== token.value;

	const read = (tokenData: unknown): Token => {
		secrets?.addTokens(tokenData);
		return readToken(tokenData as TokenData | undefined);
	};
	const stored = async () => read((await context.getCredentials(credentialType)).oauthTokenData);

	/**
	 * The stored token, renewed through n8n if it is the rejected one, or about to expire as well. Unless
	 * it has been renewed already, by whichever of n8n's processes: then n8n hands over that one. n8n
	 * keeps one lease per credential, and while it holds it compares what is stored now with the token
	 * that its caller read. It reads that one itself, so it may have read a token that is newer than ours
	 * and renew it for nothing; so ours is passed to it.
	 */
	const newerThan = async (rejected: string): Promise<Token> => {
		const token = await stored();
		if (token.value !== rejected && !isDue(token)) return token;
		const holder = holdingPlainToken(context, { access_token: token.value });
		return read(await context.helpers.refreshOAuth2Token.call(holder, credentialType));
	};

	const newerThanShared = async (rejected: string): Promise<Token> => {
		const credential = context.getNode().credentials?.[credentialType]?.id;
		const key = JSON.stringify([credential, rejected]);
		const renewal =
			renewalsInProgress.get(key) ??
			newerThan(rejected).finally(() => renewalsInProgress.delete(key));
		renewalsInProgress.set(key, renewal);
		return await renewal;
	};

	const renew = async (rejected: string): Promise<string> => {
		if (cannotRenew) throw cannotRenew;
		if (refusedForGood?.rejected === rejected) throw refusedForGood.cause;
		if (!known || known.value === rejected || isDue(known)) {
			known = await newerThanShared(rejected).catch(async (cause: unknown): Promise<never> => {
				const signIn = findSignInFailure(cause);
				if (signIn && !isTemporary(signIn)) refusedForGood = { rejected, cause };
				return await Promise.reject(cause as Error);
			});
		}
		secrets?.add(known.value);
		return known.value;
	};
	const current = async (): Promise<string> => {
		known ??= await stored();
		return canBeSent(known) ? known.value : await renew(known.value);
	};

	/** @throws {NoToken} also when the limit is over or the execution is stopped; the request goes on */
	const inTime = async (token: Promise<string>, signal: AbortSignal | undefined) => {
		const settled = new AbortController();
		const ends = signal ? AbortSignal.any([signal, settled.signal]) : settled.signal;
		const over = clock.wait(limitMs, ends).then((end) => {
			throw new Error(
				end === 'stopped'
					? 'The execution was stopped'
					: `The token endpoint did not answer within ${limitMs / 1000} seconds`,
			);
		});
		return await Promise.race([token, over])
			.catch((error: unknown) => {
				throw new NoToken(asError(error));
			})
			.finally(() => settled.abort());
	};
	return {
		current: async (signal) =>
			known && canBeSent(known) ? known.value : await inTime(current(), signal),
		renewed: async (rejected, signal) => await inTime(renew(rejected), signal),
	};
}

function readToken(data: TokenData | undefined): Token {
	const value = data?.access_token;
	if (typeof value !== 'string' || value === '') {
		throw new Error('OAuth credentials not connected');
	}
	const expiresAtMs = positive(data?.n8n_expires_at);
	const lifetimeMs = positive(data?.expires_in) * 1000;
	// A token that lives for less than two minutes would otherwise be renewed for every email.
	return { value, renewFromMs: expiresAtMs - Math.min(RENEW_AHEAD_MS, lifetimeMs / 2) };
}

/** Infinity for what is no positive number. */
function positive(value: unknown): number {
	const number = ['number', 'string'].includes(typeof value) ? Number(value) : 0;
	return number > 0 ? number : Infinity;
}

/** All that n8n and this package use of a token. */
const TOKEN_FIELDS = [
	...['access_token', 'refresh_token', 'token_type', 'scope', 'resource'],
	...['expires_in', 'n8n_expires_at'],
];

/**
 * The context as n8n sees it when it signs a request or renews a token: with these fields of the token
 * and no others. A renewal stores again what it was handed, with every expression evaluated; one that
 * somebody stored beside the token would write the operator's client secret into the credential.
 */
export function holdingPlainToken(
	context: Pick<IExecuteFunctions, 'getCredentials'>,
	instead: IDataObject = {},
): IExecuteFunctions {
	return Object.create(context, {
		getCredentials: {
			value: async (...asked: Parameters<RenewalContext['getCredentials']>) => {
				const credential: ICredentialDataDecryptedObject = await context.getCredentials(...asked);
				const { oauthTokenData } = credential;
				if (typeof oauthTokenData !== 'object' || oauthTokenData === null) return credential;
				const plain = Object.entries(oauthTokenData).filter(
					([name, value]) => TOKEN_FIELDS.includes(name) && typeof value !== 'object',
				);
				return { ...credential, oauthTokenData: { ...Object.fromEntries(plain), ...instead } };
			},
		},
	}) as IExecuteFunctions;
}
