import { breakStageOf } from '#node/graph/breakStage';
import type { Transport } from '#node/graph/transport';
import { asError } from '#node/facts/causeChain';

/** Carries requests with a token that is at hand, for tests of what is sent rather than of how. */
export function fetchTransport(token: () => string): Transport {
	return {
		async exchange({ method, url, headers, body, anonymous }, signal) {
			if (signal?.aborted) return { kind: 'stopped', stage: 'beforeRequest' };
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
				return {
					kind: 'answered',
					answer: {
						status: response.status,
						headers: Object.fromEntries(response.headers),
						body: await response.text(),
					},
				};
			} catch (error) {
				const cause = asError(error);
				const stage = breakStageOf(cause);
				return signal?.aborted ? { kind: 'stopped', stage } : { kind: 'broken', stage, cause };
			}
		},
		close() {
			// Node.js keeps connections of fetch open only as long as nothing else does.
		},
	};
}
