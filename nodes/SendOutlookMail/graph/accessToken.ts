import type { ICredentialDataDecryptedObject, IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Clock } from '../facts/clock';
import { asError } from '../facts/failure';
import { asObject, asText } from '../facts/json';
import type { KnownSecrets } from '../facts/knownSecrets';
import { findSignInFailure, isTemporary } from '../facts/signInFailure';

/** A token is renewed when it expires sooner than this, in milliseconds. */
const RENEW_AHEAD_MS = 60_000;

/** How long a token is waited for, in milliseconds: n8n's own request for one may hang for minutes. */
const TOKEN_LIMIT_MS = 30_000;

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
 * and one lease per credential, across its processes. Both methods throw `NoToken`: n8n's error, or
 * that the wait has ended.
 */
export class HostTokens {
	private known: Token | undefined;
	/** The same question would get the same answer, once for each email of the run. */
	private refusedForGood: { rejected: string; cause: unknown } | undefined;

	constructor(
		private readonly context: RenewalContext,
		private readonly owner: TokenOwner,
		private readonly clock: Clock,
		private readonly limitMs = TOKEN_LIMIT_MS,
	) {}

	/** The token to send now; renewed ahead of time, so that no large body is sent twice. */
	async current(signal?: AbortSignal): Promise<string> {
		const { known } = this;
		if (known && this.canBeSent(known)) return known.value;
		return await this.inTime(this.storedOrRenewed(), signal);
	}

	/**
	 * The token to send after Graph rejected one. However many requests and executions ask, there is
	 * one renewal.
	 */
	async renewed(rejected: string, signal?: AbortSignal): Promise<string> {
		return await this.inTime(this.renew(rejected), signal);
	}

	/** The request for a token goes on when the limit is over or the execution is stopped. */
	private async inTime(token: Promise<string>, signal: AbortSignal | undefined): Promise<string> {
		const settled = new AbortController();
		const ends = signal ? AbortSignal.any([signal, settled.signal]) : settled.signal;
		const over = this.clock.wait(this.limitMs, ends).then((end) => {
			throw new Error(
				end === 'stopped'
					? 'The execution was stopped'
					: `The token endpoint did not answer within ${this.limitMs / 1000} seconds`,
			);
		});
		return await Promise.race([token, over])
			.catch((error: unknown) => {
				throw new NoToken(asError(error));
			})
			.finally(() => settled.abort());
	}

	private async storedOrRenewed(): Promise<string> {
		this.known ??= await this.stored();
		return this.canBeSent(this.known) ? this.known.value : await this.renew(this.known.value);
	}

	private async renew(rejected: string): Promise<string> {
		const { cannotRenew, app } = this.owner;
		if (cannotRenew) throw cannotRenew;
		if (this.refusedForGood?.rejected === rejected) throw this.refusedForGood.cause;
		if (!this.known || this.known.value === rejected || this.isDue(this.known)) {
			this.known = await this.newerThanShared(rejected).catch(async (cause: unknown) => {
				const signIn = findSignInFailure(cause);
				if (signIn && !isTemporary(signIn)) this.refusedForGood = { rejected, cause };
				return await Promise.reject<never>(cause as Error);
			});
		}
		app?.secrets?.add(this.known.value);
		return this.known.value;
	}

	private async newerThanShared(rejected: string): Promise<Token> {
		const credential = this.context.getNode().credentials?.[this.owner.credentialType]?.id;
		const key = JSON.stringify([credential, rejected]);
		const renewal =
			renewalsInProgress.get(key) ??
			this.newerThan(rejected).finally(() => renewalsInProgress.delete(key));
		renewalsInProgress.set(key, renewal);
		return await renewal;
	}

	/**
	 * The stored token, renewed through n8n if it is the rejected one, or about to expire as well. If
	 * another of n8n's processes has renewed it already, n8n returns that one: it keeps one lease per
	 * credential, and while it holds it compares what is stored now with the token that its caller read.
	 * It reads that one itself, so it may have read a token that is newer than ours and renew it for
	 * nothing; so ours is passed to it.
	 */
	private async newerThan(rejected: string): Promise<Token> {
		const token = await this.stored();
		if (token.value !== rejected && !this.isDue(token)) return token;
		const holder = holdingPlainToken(this.context, { access_token: token.value });
		const { refreshOAuth2Token } = this.context.helpers;
		return this.read(await refreshOAuth2Token.call(holder, this.owner.credentialType));
	}

	private async stored(): Promise<Token> {
		const { oauthTokenData } = await this.context.getCredentials(this.owner.credentialType);
		return this.read(oauthTokenData);
	}

	private read(tokenData: unknown): Token {
		this.owner.app?.secrets?.addTokens(tokenData);
		return readToken(tokenData);
	}

	private isDue({ renewFromMs }: Token): boolean {
		return !this.owner.cannotRenew && this.clock.now() >= renewFromMs;
	}

	private canBeSent(token: Token): boolean {
		return !this.isDue(token) && this.refusedForGood?.rejected !== token.value;
	}
}

export type AccessTokens = Pick<HostTokens, keyof HostTokens>;

function readToken(tokenData: unknown): Token {
	const data = asObject(tokenData);
	const value = asText(data?.access_token);
	if (!value) throw new Error('OAuth credentials not connected');
	// Only where n8n renewed the token itself.
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
				const tokenData = asObject(credential.oauthTokenData);
				if (!tokenData) return credential;
				const plain = Object.entries(tokenData).filter(
					([name, value]) => TOKEN_FIELDS.includes(name) && typeof value !== 'object',
				);
				return { ...credential, oauthTokenData: { ...Object.fromEntries(plain), ...instead } };
			},
		},
	}) as IExecuteFunctions;
}
