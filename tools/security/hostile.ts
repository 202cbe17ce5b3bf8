import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { LOOPBACK } from '../kit/ports';

/** What the hostile hosts saw of n8n and its nodes. */
export interface Hostile {
	/** Answers like a sign-in host and a Graph, and names itself as every endpoint. */
	readonly origin: string;
	/** A proxy that lets nothing through: it shows where n8n wants to go by https. */
	readonly proxy: string;
	/** Each request to `origin`, whole: method, URL, headers, body. */
	readonly requests: string[];
	/** Each host and port that n8n asked the proxy for. */
	readonly destinations: string[];
	close(): Promise<void>;
}

export async function startHostile(): Promise<Hostile> {
	const requests: string[] = [];
	const destinations: string[] = [];
	const host = createServer((request, response) => {
		void record(request).then((seen) => {
			requests.push(seen);
			response.writeHead(request.url?.includes('sendMail') ? 202 : 200, {
				'content-type': 'application/json',
			});
			response.end(JSON.stringify(answerTo(`http://${request.headers.host}`)));
		});
	});
	const proxy = createServer((request, response) => {
		destinations.push(request.url ?? '');
		response.writeHead(403).end();
	});
	proxy.on('connect', (request, socket) => {
		destinations.push(request.url ?? '');
		socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
	});
	const [origin, proxyOrigin] = await Promise.all([listen(host), listen(proxy)]);
	return {
		origin,
		proxy: proxyOrigin,
		requests,
		destinations,
		close: async () => {
			for (const server of [host, proxy]) {
				server.closeAllConnections();
				server.close();
				await once(server, 'close');
			}
		},
	};
}

async function record(request: IncomingMessage): Promise<string> {
	const body = await text(request);
	return [`${request.method} ${request.url}`, ...request.rawHeaders, body].join('\n');
}

/** Metadata and tokens at once: each reader takes what it looks for. */
function answerTo(origin: string) {
	return {
		issuer: `${origin}/common/v2.0`,
		token_endpoint: `${origin}/common/oauth2/v2.0/token`,
		authorization_endpoint: `${origin}/common/oauth2/v2.0/authorize`,
		registration_endpoint: `${origin}/register`,
		authorization_servers: [origin],
		resource: origin,
		client_id: 'hostile',
		client_secret: 'hostile',
		access_token: 'hostile',
		refresh_token: 'hostile',
		token_type: 'Bearer',
		expires_in: 3600,
	};
}

async function listen(server: Server): Promise<string> {
	server.listen(0, LOOPBACK);
	await once(server, 'listening');
	return `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`;
}
