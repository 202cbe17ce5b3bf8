import type { Client, Context } from '@microsoft/microsoft-graph-client';
import { broken, type Exchange } from './exchange';
import type { GraphRequest, Transport } from './transport';

/** Calls one Graph resource and reports what came of it. */
export interface GraphClient {
	call(
		method: 'POST' | 'DELETE',
		resource: string,
		options: {
			headers?: Record<string, string>;
			body?: unknown;
			signal?: AbortSignal | undefined;
			keepJson?: boolean;
		},
	): Promise<Exchange>;
}

/**
 * Microsoft's Graph client over our transport. The client builds URL and body; its own chain of
 * handlers (authentication, retry, redirect) is replaced as a whole, because its retry handler
 * repeats a 504 of sendMail and so delivers a mail twice.
 *
 * @param graphOrigin the Graph host of the credential, e.g. `https://graph.microsoft.com`
 */
export async function openGraphClient(
	graphOrigin: string,
	transport: Transport,
): Promise<GraphClient> {
	// Loaded at the first use: n8n reads every node at its start, most executions never send.
	const { Client, ResponseType } = await import('@microsoft/microsoft-graph-client');
	return {
		async call(method, resource, { headers = {}, body, signal, keepJson }) {
			const terminal = new TransportHandler(transport, signal, keepJson);
			const client: Client = Client.initWithMiddleware({
				middleware: terminal,
				baseUrl: `${graphOrigin}/`,
			});
			const request = client.api(resource).headers(headers).responseType(ResponseType.RAW);
			await SEND_BY_METHOD[method](request, body);
			return terminal.exchange;
		},
	};
}

type PreparedRequest = ReturnType<Client['api']>;

const SEND_BY_METHOD: Record<
	'POST' | 'DELETE',
	(request: PreparedRequest, body: unknown) => Promise<unknown>
> = {
	POST: async (request, body) => await request.post(body),
	DELETE: async (request) => await request.delete(),
};

/** The only handler of the chain. Keeps the exchange, since the client would fold it into errors. */
class TransportHandler {
	exchange: Exchange = broken('beforeRequest', new Error('The request was not made'));

	constructor(
		private readonly transport: Transport,
		private readonly signal: AbortSignal | undefined,
		private readonly keepJson: boolean | undefined,
	) {}

	async execute(context: Context): Promise<void> {
		this.exchange = await this.transport.exchange(
			{ ...readRequest(context), keepJson: this.keepJson },
			this.signal,
		);
		context.response = new Response(null, { status: 204 });
	}
}

function readRequest({ request, options }: Context): GraphRequest {
	const headers: Record<string, string> = {};
	new Headers(options?.headers as Record<string, string>).forEach((value, name) => {
		headers[name] = value;
	});
	return {
		method: options?.method as GraphRequest['method'],
		url: typeof request === 'string' ? request : request.url,
		headers,
		...bodyOf(options?.body),
	};
}

/** The client turns an object into JSON itself and leaves text and bytes as they are. */
function bodyOf(body: unknown): Pick<GraphRequest, 'body'> {
	return typeof body === 'string' || body instanceof Uint8Array ? { body } : {};
}
