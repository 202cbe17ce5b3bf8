import type { IExecuteFunctions, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';
import { type EgressRules, breakStageOf, findEgressRule, readBlocked } from './network';
import type { KnownSecrets } from '../facts/knownSecrets';
import { asError, causeChain } from '../facts/causeChain';
import type { RawAnswer } from './verdict';
import { answered, broken, signInRequired, stopped, type Exchange } from './exchange';
import { findSignInFailure } from '../facts/signInFailure';
import { holdingPlainToken } from './accessToken';
import { allowedDestination, type GraphRequest, type Transport } from './graphClient';

/** How long a request may take before it counts as broken, in milliseconds. */
const REQUEST_TIMEOUT_MS = 120_000;

type ExecutionContext = Pick<IExecuteFunctions, 'getCredentials' | 'helpers'>;

export interface HostTransportSettings {
	credentialType: string;
	graphOrigin: string;
	/** Where n8n renews the token, for explanations. */
	loginOrigin?: string | undefined;
	/** Why this n8n cannot renew the token, where that is known beforehand. */
	cannotRenew?: Error | undefined;
	egress?: EgressRules | undefined;
	secrets?: KnownSecrets | undefined;
}

/**
 * Lets n8n carry the request: its token, one refresh and one repetition on 401, its proxy and its
 * egress rules. Every other status comes back as an answer, because this package decides what an
 * answer means. Redirects are not followed: the token goes to the credential's Graph host alone.
 */
export function createHostTransport(
	context: ExecutionContext,
	{ credentialType, graphOrigin, loginOrigin, cannotRenew, egress, secrets }: HostTransportSettings,
): Transport {
	const holder = holdingPlainToken(context);
	const authenticated = async (request: IHttpRequestOptions): Promise<IN8nHttpFullResponse> =>
		(await context.helpers.httpRequestWithAuthentication.call(
			holder,
			credentialType,
			request,
		)) as IN8nHttpFullResponse;
	const renewals = createRenewals(authenticated);
	const carry = async (
		request: GraphRequest,
		signal: AbortSignal | undefined,
	): Promise<Exchange> => {
		const asked = toHostRequest(request, signal);
		if (request.anonymous) {
			const response = (await context.helpers.httpRequest(asked)) as IN8nHttpFullResponse;
			return answered(toRawAnswer(response), request);
		}
		const response = await authenticated(asked);
		if (response.statusCode !== 401) return answered(toRawAnswer(response), request);
		if (cannotRenew) return signInRequired(cannotRenew);
		return answered(toRawAnswer(await renewals.repeat(asked)), request);
	};
	/** n8n may have renewed the token meanwhile; what is quoted must not repeat the new one either. */
	const learnTokens = async (): Promise<void> => {
		const credential = await context.getCredentials(credentialType).catch(() => undefined);
		secrets?.addTokens(credential?.oauthTokenData);
	};
	/** Which of the two hosts n8n does not let its nodes connect to. */
	const blockedHost = async ({ url }: GraphRequest): Promise<URL> => {
		const destination = new URL(url);
		if (!egress || loginOrigin === undefined) return destination;
		const refusal: unknown = await egress.check(destination).catch((error: unknown) => error);
		return findEgressRule(refusal) ? destination : new URL(loginOrigin);
	};
	return {
		async exchange(request, signal): Promise<Exchange> {
			if (signal?.aborted) return stopped('beforeRequest');
			try {
				allowedDestination(request, graphOrigin);
			} catch (error) {
				return broken('beforeRequest', asError(error));
			}
			try {
				const exchange = await carry(request, signal);
				if (exchange.graphError) await learnTokens();
				return exchange;
			} catch (error) {
				await learnTokens();
				const cause = asError(error);
				if (signal?.aborted) return stopped(breakStageOf(cause));
				if (findEgressRule(cause)) return readBlocked(cause, await blockedHost(request))!;
				return readHostError(cause);
			}
		},
		close() {
			// n8n's helper keeps nothing open between requests.
		},
	};
}

function toHostRequest(
	{ method, url, headers, body, anonymous }: GraphRequest,
	signal: AbortSignal | undefined,
): IHttpRequestOptions {
	return {
		method,
		url,
		headers: { ...headers },
		...(body === undefined ? {} : { body: hostBody(body) }),
		returnFullResponse: true,
		ignoreHttpStatusErrors: { ignore: true, except: anonymous ? [] : [401] },
		disableFollowRedirect: true,
		encoding: 'text',
		timeout: REQUEST_TIMEOUT_MS,
		...(signal ? { abortSignal: signal } : {}),
	};
}

/** n8n's helper wants a Buffer; this one shares the bytes instead of copying them. */
function hostBody(body: string | Uint8Array): string | Buffer {
	if (typeof body === 'string') return body;
	return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}

function toRawAnswer({ statusCode, headers, body }: IN8nHttpFullResponse): RawAnswer {
	const lowerCased: Record<string, string> = {};
	for (const [name, value] of Object.entries(headers)) {
		lowerCased[name.toLowerCase()] = String(value);
	}
	return { status: statusCode, headers: lowerCased, body: bodyText(body) };
}

function bodyText(body: unknown): string {
	if (typeof body === 'string') return body;
	return body === undefined || body === null ? '' : JSON.stringify(body);
}

/** n8n throws for a second 401, for a refused refresh and for a broken connection. */
function readHostError(cause: Error): Exchange {
	if (findSignInFailure(cause)) return signInRequired(cause);
	const status = Number((cause as { httpCode?: string | null }).httpCode);
	if (status >= 400) return answered({ status, headers: {}, body: answerIn(cause) });
	return broken(breakStageOf(cause), cause);
}

/** The body of the answer in an error of n8n's HTTP helper; empty where it holds none. */
function answerIn(cause: Error): string {
	for (const { response, context } of causeChain(cause)) {
		for (const holder of [response, context] as Array<{ data?: unknown } | null | undefined>) {
			if (holder?.data) return bodyText(holder.data);
		}
	}
	return '';
}

type Ask = (request: IHttpRequestOptions) => Promise<IN8nHttpFullResponse>;

/**
 * An older n8n takes every value of `ignoreHttpStatusErrors` for *all of them*, hands a 401 over like
 * any other answer, and renews nothing. It does renew the token for a request whose errors it may
 * throw, each time anew: so one request does that, and the others wait for it.
 */
function createRenewals(ask: Ask) {
	let renewal: Promise<unknown> | undefined;
	return {
		/** Repeats a request that was answered 401, with a token that has been renewed. */
		async repeat(request: IHttpRequestOptions): Promise<IN8nHttpFullResponse> {
			if (renewal !== undefined) {
				await renewal;
				return await ask(request);
			}
			const repeated = ask({ ...request, ignoreHttpStatusErrors: false });
			renewal = repeated.then(
				() => undefined,
				() => undefined,
			);
			try {
				return await repeated;
			} finally {
				renewal = undefined;
			}
		},
	};
}
