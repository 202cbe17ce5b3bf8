import { request as httpRequest, type Agent, type ClientRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { answered, broken, stopped, type BreakStage, type Exchange } from './exchange';
import { whenConnected } from './connected';
import { readAnswer } from './httpAnswer';
import type { GraphRequest } from './transport';
import { afterWhatCame } from './turns';

/** In milliseconds. */
export interface TimeLimits {
	/** From the start until a byte of the request can leave: name lookup, connecting, TLS. */
	connect: number;
	/** From then until the answer has been read. */
	answer: number;
}

export interface PreparedRequest
	extends Pick<GraphRequest, 'method' | 'headers' | 'body' | 'keepJson'> {
	url: URL;
	agent: Agent;
	limits: TimeLimits;
}

/**
 * One request over one connection of the pool, without following redirects. Nothing of it is
 * written before the connection is made and found alive, so the stage of a break is known and not
 * guessed from error codes.
 *
 * @returns `stale` when a kept connection turned out to be ended before a byte of this request was
 * written to it: the pool no longer has it, and the request can go over another
 */
export async function exchangeOnce(
	prepared: PreparedRequest,
	signal?: AbortSignal,
): Promise<Exchange | 'stale'> {
	if (signal?.aborted) return stopped('beforeRequest');
	return await new Promise((resolve) => {
		const request = openRequest(prepared);
		const limit = (milliseconds: number, what: string) =>
			setTimeout(() => request.destroy(new Error(what)), milliseconds);
		let timer = limit(prepared.limits.connect, 'The connection was not made in time');
		const stop = () => request.destroy(new Error('The execution was stopped'));
		signal?.addEventListener('abort', stop, { once: true });
		const finish = (exchange: Exchange | 'stale') => {
			clearTimeout(timer);
			signal?.removeEventListener('abort', stop);
			resolve(exchange);
		};

		let stage: BreakStage = 'beforeRequest';
		let hasAnswered = false;
		const breakOff = (cause: Error) => {
			if (hasAnswered) return;
			if (signal?.aborted) finish(stopped(stage));
			else if (stage === 'beforeRequest' && request.reusedSocket) finish('stale');
			else finish(broken(stage, cause));
		};
		request.once('socket', (socket) =>
			whenConnected(socket, () => {
				if (request.destroyed || socket.destroyed) return;
				clearTimeout(timer);
				timer = limit(prepared.limits.answer, 'The answer did not come in time');
				stage = 'afterRequest';
				request.end(prepared.body);
			}),
		);
		request.once('response', (response) => {
			// A server may say why it ends an idle connection; that is no answer to this request.
			if (stage === 'beforeRequest') return request.destroy();
			hasAnswered = true;
			void readAnswer(response, prepared.keepJson).then((answer) =>
				afterWhatCame(() => {
					// By now the connection is back in the pool, unless the server answered without reading
					// the request to its end.
					request.destroy();
					finish(answered(answer, prepared));
				}),
			);
		});
		request.on('error', breakOff);
		request.once('close', () => breakOff(new Error('The connection was closed')));
		if (signal?.aborted) stop();
	});
}

function openRequest({ url, method, headers, body, agent }: PreparedRequest): ClientRequest {
	const open = url.protocol === 'http:' ? httpRequest : httpsRequest;
	const length = body === undefined ? 0 : Buffer.byteLength(body);
	const sized = body !== undefined || method !== 'GET' ? { 'content-length': length } : {};
	return open(url, { agent, method, headers: { ...headers, ...sized } });
}
