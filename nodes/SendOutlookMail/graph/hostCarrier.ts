import type { IExecuteFunctions, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';
import { orStopped } from '../facts/clock';
import { asError, causeChain } from '../facts/failure';
import { asObject } from '../facts/json';
import { findSignInFailure } from '../facts/signInFailure';
import { holdingPlainToken, type TokenOwner } from './accessToken';
import { answered, broken, signInRequired, stopped, type Exchange } from './exchange';
import { breakStageOf, readBlocked } from './network';
import type { Carrier, GraphRequest } from './transport';
import { textHeaders, type RawAnswer } from './verdict';

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
				return unanswered(asError(error), request, signal);
			}
		},
	};
}

/**
 * For an n8n that renews no token for a node: it adds the token itself, and renews it on 401. Every
 * other status comes back as an answer. Redirects are not followed.
 */
export function signingHostCarrier(
	context: Pick<IExecuteFunctions, 'getCredentials' | 'helpers'>,
	{ credentialType, app, cannotRenew }: TokenOwner,
): Carrier {
	const anonymously = hostCarrier(context);
	const holder = holdingPlainToken(context);
	const { httpRequestWithAuthentication } = context.helpers;
	const ask: Ask = async (request) =>
		(await httpRequestWithAuthentication.call(holder, credentialType, request)) as Response;
	const askRenewed = renewingOnce(ask);
	/** n8n may have renewed the token meanwhile; no message must repeat the new one either. */
	const learnTokens = async (): Promise<void> => {
		const credential = await context.getCredentials(credentialType).catch(() => undefined);
		app?.secrets?.addTokens(credential?.oauthTokenData);
	};
	/** The same question would get the same answer, once for each email of the run. */
	let refusedForGood: Exchange | undefined;
	return {
		async carry(request, signal) {
			if (request.anonymous) return await anonymously.carry(request, signal);
			if (signal?.aborted) return stopped('beforeRequest');
			if (refusedForGood) return refusedForGood;
			try {
				const asked = toHostRequest(request, signal);
				let response: Response | 'stopped' = await ask(asked);
				if (response.statusCode === 401) {
					if (cannotRenew) return signInRequired(cannotRenew);
					// n8n's own request for a token may hang for minutes, and knows no signal.
					response = await orStopped(askRenewed(asked), signal);
					if (response === 'stopped') return stopped('afterRequest');
				}
				const exchange = answered(toRawAnswer(response), request);
				if (exchange.graphError) await learnTokens();
				return exchange;
			} catch (error) {
				await learnTokens();
				const cause = asError(error);
				const refusal = signal?.aborted ? undefined : readRefusal(cause);
				const isForGood = refusal?.kind === 'signInRequired' && refusal.verdict === 'unauthorized';
				if (isForGood) refusedForGood = refusal;
				return refusal ?? unanswered(cause, request, signal);
			}
		},
	};
}

type Response = IN8nHttpFullResponse;
type Ask = (request: IHttpRequestOptions) => Promise<Response>;
type Asked = Pick<GraphRequest, 'method' | 'url' | 'headers' | 'body'>;

/** Every status is an answer, redirects are not followed. */
export async function requestThroughHost(
	helpers: Pick<IExecuteFunctions['helpers'], 'httpRequest'>,
	request: Asked,
	signal?: AbortSignal,
	timeoutMs?: number,
): Promise<RawAnswer> {
	const response: unknown = await helpers.httpRequest(toHostRequest(request, signal, timeoutMs));
	return toRawAnswer(response as Response);
}

function toHostRequest(
	{ method, url, headers, body }: Asked,
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

function toRawAnswer({ statusCode, headers, body }: Response): RawAnswer {
	return { status: statusCode, headers: textHeaders(headers), body: bodyText(body) };
}

function bodyText(body: unknown): string {
	if (typeof body === 'string') return body;
	return body === undefined || body === null ? '' : JSON.stringify(body);
}

/** n8n throws for a second 401 and for a refused renewal. */
function readRefusal(cause: Error): Exchange | undefined {
	if (findSignInFailure(cause)) return signInRequired(cause);
	const status = Number((cause as { httpCode?: string | null }).httpCode);
	return status >= 400 ? answered({ status, headers: {}, body: answerIn(cause) }) : undefined;
}

/** The body of the answer in an error of n8n's HTTP helper; empty where it holds none. */
function answerIn(cause: Error): string {
	const holders = causeChain(cause).flatMap(({ response, context }) => [response, context]);
	return bodyText(holders.map((holder) => asObject(holder)?.data).find(Boolean));
}

/** The connection broke, was not allowed, or was cut because the execution was stopped. */
function unanswered(cause: Error, { url }: Asked, signal: AbortSignal | undefined): Exchange {
	const stage = breakStageOf(cause);
	if (signal?.aborted) return stopped(stage);
	return readBlocked(cause, new URL(url)) ?? broken(stage, cause);
}

/**
 * Repeats a request that was answered 401, with a token that has been renewed. Such an n8n hands a 401
 * over like any other answer where statuses are no errors, and renews nothing. It does renew the token
 * for a request whose errors it may throw, each time anew: so one request does that, and the others
 * wait for it, and share a refusal.
 */
function renewingOnce(ask: Ask): Ask {
	/** Resolves to the refusal, if it is refused. */
	let renewal: Promise<Error | undefined> | undefined;
	return async (request) => {
		if (renewal) {
			const refusal = await renewal;
			if (refusal) throw refusal;
			return await ask(request);
		}
		const repeated = ask({ ...request, ignoreHttpStatusErrors: false });
		renewal = repeated.then(
			() => undefined,
			(error: unknown) => (findSignInFailure(error) ? asError(error) : undefined),
		);
		return await repeated.finally(() => (renewal = undefined));
	};
}
