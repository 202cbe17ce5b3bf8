import type { IExecuteFunctions, IN8nHttpFullResponse } from 'n8n-workflow';

export interface HttpAnswer {
	status: number;
	/** Header names in lower case. */
	headers: Record<string, string>;
	/** As it came. */
	text: string;
}

/** HTTP to the sign-in host and to no other, through n8n's proxy and egress rules. */
export type HostHttp = (request: {
	method: 'GET' | 'POST';
	url: string;
	headers?: Record<string, string> | undefined;
	body?: string | undefined;
}) => Promise<HttpAnswer>;

const TIMEOUT_MS = 30_000;

/**
 * n8n's HTTP helper; every status is an answer, redirects are not followed.
 *
 * @param loginOrigin a request to any other origin is refused: what is sent here proves an application
 */
export function createHostHttp(
	{ helpers }: Pick<IExecuteFunctions, 'helpers'>,
	loginOrigin: string,
): HostHttp {
	return async ({ method, url, headers = {}, body }) => {
		const { origin } = new URL(url);
		if (origin !== loginOrigin) throw new Error(`${origin} is not the sign-in host`);
		const {
			statusCode,
			headers: answered,
			body: text,
		} = (await helpers.httpRequest({
			method,
			url,
			headers,
			...(body === undefined ? {} : { body }),
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			encoding: 'text',
			timeout: TIMEOUT_MS,
		})) as IN8nHttpFullResponse;
		return {
			status: statusCode,
			headers: Object.fromEntries(
				Object.entries(answered).map(([name, value]) => [name.toLowerCase(), String(value)]),
			),
			text: typeof text === 'string' ? text : JSON.stringify(text ?? ''),
		};
	};
}

/** A JSON object, or an empty one for anything else. */
export function readObject(text: string): Record<string, unknown> {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
	} catch {
		// A page of something in between; the status tells the rest.
		return {};
	}
}
