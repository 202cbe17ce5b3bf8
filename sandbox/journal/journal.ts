import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export type Host = 'login' | 'graph' | 'upload';

/** One request as the sandbox saw it; never a query, a header, a token or a body. */
export interface RequestRecord {
	readonly at: Date;
	readonly host: Host;
	readonly method: string;
	/** Without the query. The secret part of an upload URL is replaced by `…`. */
	readonly path: string;
	/** 0 while there is no answer, and for ever if the connection broke first. */
	status: number;
	appId?: string;
	grantType?: string;
	clientRequestId?: string;
	/** Counts the connections of all hosts from 1. */
	readonly connection: number;
}

export interface Counters {
	/** Refresh tokens redeemed. */
	tokenRefreshes: number;
	/** TCP connections, over TLS those whose handshake was completed. */
	connections: Record<Host, number>;
	tlsHandshakes: Record<Host, number>;
	/** Requests to Graph and to the upload host answered with 429 or 503. */
	throttled: number;
	/** Most Graph requests of one app at the same time, throttled ones among them. */
	peakConcurrency: number;
}

/** Pages and control of the sandbox itself; Microsoft has none of these. */
const OWN_PATHS = /^\/(sandbox(\/|$)|outbox(\/|$)|faults(\/|$)|favicon\.ico$|$)/;

export class Journal {
	readonly requests: RequestRecord[] = [];
	readonly counters: Counters = {
		tokenRefreshes: 0,
		connections: { login: 0, graph: 0, upload: 0 },
		tlsHandshakes: { login: 0, graph: 0, upload: 0 },
		throttled: 0,
		peakConcurrency: 0,
	};
	private readonly records = new WeakMap<IncomingMessage, RequestRecord>();
	private readonly connectionNumbers = new WeakMap<Socket, number>();
	private lastConnection = 0;

	watch(server: Server, host: Host, tls: boolean): void {
		server.on(tls ? 'secureConnection' : 'connection', (socket: Socket) => {
			this.lastConnection += 1;
			this.connectionNumbers.set(socket, this.lastConnection);
			this.counters.connections[host] += 1;
			if (tls) this.counters.tlsHandshakes[host] += 1;
		});
		server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
			this.begin(host, request, response);
		});
	}

	recordOf(request: IncomingMessage): RequestRecord | undefined {
		return this.records.get(request);
	}

	reset(): void {
		this.requests.length = 0;
		Object.assign(this.counters, {
			tokenRefreshes: 0,
			connections: { login: 0, graph: 0, upload: 0 },
			tlsHandshakes: { login: 0, graph: 0, upload: 0 },
			throttled: 0,
			peakConcurrency: 0,
		} satisfies Counters);
	}

	private begin(listener: Host, request: IncomingMessage, response: ServerResponse): void {
		const path = (request.url ?? '').split('?', 1)[0] ?? '';
		const host = path.startsWith('/v1.0/') ? 'graph' : listener;
		if (host === 'login' && OWN_PATHS.test(path)) return;
		const clientRequestId = request.headers['client-request-id'];
		const record: RequestRecord = {
			at: new Date(),
			host,
			method: request.method ?? '',
			path: path.replace(/^(\/upload\/).+/, '$1…'),
			status: 0,
			connection: this.connectionNumbers.get(request.socket) ?? 0,
			...(typeof clientRequestId === 'string' ? { clientRequestId } : {}),
		};
		this.records.set(request, record);
		this.requests.push(record);
		response.once('finish', () => {
			if (request.socket.destroyed) return;
			record.status = response.statusCode;
			if (host !== 'login' && [429, 503].includes(record.status)) this.counters.throttled += 1;
		});
	}
}
