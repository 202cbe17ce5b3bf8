import type { IExecuteFunctions, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';
import { orStopped } from '../facts/clock';
import type { KnownSecrets } from '../facts/knownSecrets';
import { asError, causeChain } from '../facts/failure';
import { findSignInFailure } from '../facts/signInFailure';
import { holdingPlainToken } from './accessToken';
import { answered, broken, signInRequired, stopped, type Exchange } from './exchange';
import { breakStageOf, readBlocked } from './network';
import {
	checkDestination,
	type Carrier,
	type GraphRequest,
	type Transport,
	type TransportSettings,
} from './transport';
import type { RawAnswer } from './verdict';

/** How long a request may take before it counts as broken, in milliseconds. */
const REQUEST_TIMEOUT_MS = 120_000;

/** n8n's own request helper, which knows its proxy and its egress rules and keeps no connection. */
export function hostCarrier({ helpers }: Pick<IExecuteFunctions, 'helpers'>): Carrier {
	return {
		async carry(request, signal) {
			if (signal?.aborted) return stopped('beforeRequest');
			try {
				return answered(await requestThroughHost(helpers, request, signal), request);
			} catch (error) {
				const cause = asError(error);
				const stage = breakStageOf(cause);
				if (signal?.aborted) return stopped(stage);
				return readBlocked(cause, new URL(request.url)) ?? broken(stage, cause);
			}
		},
		close() {},
	};
}

interface SigningHostSettings extends Omit<TransportSettings, 'tokens' | 'loginOrigin'> {
	credentialType: string;
	/** Why this n8n cannot renew the token, where that is known beforehand. */
	cannotRenew?: Error | undefined;
	secrets?: KnownSecrets | undefined;
}

/**
 * For an n8n that renews no token for a node: it adds the token itself, and renews it on 401. Every
 * other status comes back as an answer. Redirects are not followed.
 */
export function createSigningHostTransport(
	context: Pick<IExecuteFunctions, 'getCredentials' | 'helpers'>,
	{ credentialType, graphOrigin, cannotRenew, secrets }: SigningHostSettings,
): Transport {
	const anonymously = hostCarrier(context);
	const holder = holdingPlainToken(context);
	const ask = async (request: IHttpRequestOptions): Promise<IN8nHttpFullResponse> =>
		(await context.helpers.httpRequestWithAuthentication.call(
			holder,
			credentialType,
			request,
		)) as IN8nHttpFullResponse;
	const renewals = createRenewals(ask);
	const carry = async (
		request: GraphRequest,
		signal: AbortSignal | undefined,
	): Promise<Exchange> => {
		const asked = toHostRequest(request, signal);
		const response = await ask(asked);
		if (response.statusCode !== 401) return answered(toRawAnswer(response), request);
		if (cannotRenew) return signInRequired(cannotRenew);
		// n8n's own request for a token may hang for minutes, and knows no signal.
		const repeated = await orStopped(renewals.repeat(asked), signal);
		if (repeated === 'stopped') return stopped('afterRequest');
		return answered(toRawAnswer(repeated), request);
	};
	/** n8n may have renewed the token meanwhile; no message must repeat the new one either. */
	const learnTokens = async (): Promise<void> => {
		const credential = await context.getCredentials(credentialType).catch(() => undefined);
		secrets?.addTokens(credential?.oauthTokenData);
	};
	/** The same question would get the same answer, once for each email of the run. */
	let refusedForGood: Exchange | undefined;
	return {
		async exchange(request, signal): Promise<Exchange> {
			if (signal?.aborted) return stopped('beforeRequest');
			try {
				checkDestination(request, graphOrigin);
			} catch (error) {
				return broken('beforeRequest', asError(error));
			}
			if (request.anonymous) return await anonymously.carry(request, signal);
			if (refusedForGood) return refusedForGood;
			try {
				const exchange = await carry(request, signal);
				if (exchange.graphError) await learnTokens();
				return exchange;
			} catch (error) {
				await learnTokens();
				const cause = asError(error);
				if (signal?.aborted) return stopped(breakStageOf(cause));
				const exchange = readHostError(cause);
				const isRefused = exchange.kind === 'signInRequired' && exchange.verdict === 'unauthorized';
				if (isRefused) refusedForGood = exchange;
				return exchange;
			}
		},
		close() {},
	};
}

/** Every status is an answer, redirects are not followed. */
export async function requestThroughHost(
	helpers: Pick<IExecuteFunctions['helpers'], 'httpRequest'>,
	request: Pick<GraphRequest, 'method' | 'url' | 'headers' | 'body'>,
	signal?: AbortSignal,
	timeoutMs?: number,
): Promise<RawAnswer> {
	const response: unknown = await helpers.httpRequest(toHostRequest(request, signal, timeoutMs));
	return toRawAnswer(response as IN8nHttpFullResponse);
}

function toHostRequest(
	{ method, url, headers, body }: Pick<GraphRequest, 'method' | 'url' | 'headers' | 'body'>,
	signal: AbortSignal | undefined,
	timeout = REQUEST_TIMEOUT_MS,
): IHttpRequestOptions {
	return {
		method,
		url,
		headers: { ...headers },
		...(body === undefined ? {} : { body: hostBody(body) }),
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		encoding: 'text',
		timeout,
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

/** n8n throws for a second 401, for a refused renewal and for a broken connection. */
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
 * Such an n8n hands a 401 over like any other answer where statuses are no errors, and renews nothing.
 * It does renew the token for a request whose errors it may throw, each time anew: so one request does
 * that, and the others wait for it, and share a refusal.
 */
function createRenewals(ask: Ask) {
	/** Resolves to the refusal, if it is refused. */
	let renewal: Promise<Error | undefined> | undefined;
	return {
		/** Repeats a request that was answered 401, with a token that has been renewed. */
		async repeat(request: IHttpRequestOptions): Promise<IN8nHttpFullResponse> {
			if (renewal !== undefined) {
				const refusal = await renewal;
				if (refusal) throw refusal;
				return await ask(request);
			}
			const repeated = ask({ ...request, ignoreHttpStatusErrors: false });
			renewal = repeated.then(
				() => undefined,
				(error: unknown) => (findSignInFailure(error) ? asError(error) : undefined),
			);
			try {
				return await repeated;
			} finally {
				renewal = undefined;
			}
		},
	};
}
