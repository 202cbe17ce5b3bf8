import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import type { Exchange } from './exchange';
import type { GraphRequest, Transport } from './transport';

/** Calls one Graph resource and reports what came of it. */
export type GraphClient = (
	method: 'POST' | 'DELETE',
	resource: string,
	attempt: Attempt,
	content?: { headers?: Record<string, string>; body?: object; keepJson?: boolean },
) => Promise<Exchange>;

export interface Attempt {
	/** A GUID of ours, by which Microsoft's support finds the request. */
	clientRequestId: string;
	signal?: AbortSignal | undefined;
}

/**
 * Microsoft's Graph client over our transport. The client builds URL and body; its own chain of
 * handlers (authentication, retry, redirect) is replaced as a whole, because its retry handler
 * repeats a 504 of sendMail and so delivers a mail twice.
 *
 * @param graphOrigin the Graph host of the credential, e.g. `https://graph.microsoft.com`
 */
export async function createGraphClient(
	graphOrigin: string,
	transport: Transport,
): Promise<GraphClient> {
	// Loaded at the first use: n8n reads every node at its start, most executions never send.
	const { Client, ResponseType } = await import('@microsoft/microsoft-graph-client');
	return async (
		method,
		resource,
		{ clientRequestId, signal },
		{ headers, body, keepJson } = {},
	) => {
		const middleware: Middleware = {
			async execute(context) {
				const request = { ...readRequest(context), keepJson };
				const exchange = await transport.exchange(request, signal);
				// A raw response is handed on as it is; of another one the client makes an error or a body.
				context.response = exchange as unknown as Response;
			},
		};
		const client = Client.initWithMiddleware({ middleware, baseUrl: `${graphOrigin}/` });
		const request = client
			.api(resource)
			.headers({ 'client-request-id': clientRequestId, ...headers })
			.responseType(ResponseType.RAW);
		return (await (method === 'POST' ? request.post(body) : request.delete())) as Exchange;
	};
}

/** The client has turned the body into JSON. */
function readRequest({ request, options }: Context): GraphRequest {
	return {
		method: options?.method as GraphRequest['method'],
		url: typeof request === 'string' ? request : request.url,
		headers: Object.fromEntries(new Headers(options?.headers as Record<string, string>)),
		body: options?.body as string | undefined,
	};
}
