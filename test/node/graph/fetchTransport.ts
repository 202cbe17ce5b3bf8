import { breakStageOf } from '#node/graph/network';
import { answered, broken, stopped } from '#node/graph/exchange';
import type { Transport } from '#node/graph/transport';
import { asError } from '#node/facts/failure';

/** Carries requests with a token that is at hand, for tests of what is sent rather than of how. */
export function fetchTransport(token: () => string): Transport {
	return {
		async exchange({ method, url, headers, body, anonymous, keepJson }, signal) {
			if (signal?.aborted) return stopped('beforeRequest');
			try {
				const response = await fetch(url, {
					method,
					headers: {
						...headers,
						...(anonymous ? {} : { authorization: `Bearer ${token()}` }),
					},
					redirect: 'manual',
					...(body === undefined ? {} : { body: body as string }),
					...(signal ? { signal } : {}),
				});
				return answered(
					{
						status: response.status,
						headers: Object.fromEntries(response.headers),
						body: await response.text(),
					},
					{ keepJson },
				);
			} catch (error) {
				const cause = asError(error);
				const stage = breakStageOf(cause);
				return signal?.aborted ? stopped(stage) : broken(stage, cause);
			}
		},
		close() {
			// Node.js keeps connections of fetch open only as long as nothing else does.
		},
	};
}
