import type { IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

type Ask = (request: IHttpRequestOptions) => Promise<IN8nHttpFullResponse>;

/**
 * An older n8n takes every value of `ignoreHttpStatusErrors` for *all of them*, hands a 401 over like
 * any other answer, and renews nothing. It does renew the token for a request whose errors it may
 * throw, each time anew: so one request does that, and the others wait for it.
 */
export function createRenewals(ask: Ask) {
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
