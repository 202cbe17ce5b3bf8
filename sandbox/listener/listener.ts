import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import {
	createServer as createSocketServer,
	type AddressInfo,
	type Server as SocketServer,
	type Socket,
} from 'node:net';
import type { TlsIdentity } from './tlsIdentity';

/** The sandbox speaks to this machine only. */
const LOOPBACK = '127.0.0.1';

/** Longer than a client keeps an idle connection, so that the client decides when it ends. */
const KEEP_ALIVE_MS = 65_000;

export interface Listener {
	readonly server: Server;
	readonly origin: string;
	/** Stops listening and cuts what is open: a new connection is refused by the system. */
	pause(): void;
	/** Listens again, at the same port. */
	resume(): Promise<void>;
	close(): void;
}

export interface ListenerOptions {
	readonly port: number;
	/** Absent: plain HTTP. */
	readonly identity: TlsIdentity | undefined;
	/** A new connection is served after this time: the round trips of connecting. */
	readonly connectLatencyMs?: number;
	readonly onConnect?: (socket: Socket) => void;
}

export async function openListener({
	port,
	identity,
	connectLatencyMs = 0,
	onConnect = () => undefined,
}: ListenerOptions): Promise<Listener> {
	const server = identity === undefined ? createServer() : createSecureServer(identity);
	server.keepAliveTimeout = KEEP_ALIVE_MS;
	const sockets = new Set<Socket>();
	// For https this is the bare connection, before its handshake.
	server.on('connection', (socket: Socket) => {
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
		// A client that goes away is no concern of the server's.
		socket.on('error', () => socket.destroy());
		onConnect(socket);
	});
	server.on('tlsClientError', (_error, socket: Socket) => socket.destroy());

	const door = connectLatencyMs > 0 ? delayed(server, connectLatencyMs) : server;
	const bound = await listen(door, port);
	const cut = () => {
		door.close();
		for (const socket of sockets) socket.destroy();
	};
	return {
		server,
		origin: `${identity === undefined ? 'http' : 'https'}://${LOOPBACK}:${bound}`,
		pause: cut,
		resume: async () => {
			if (!door.listening) await listen(door, bound);
		},
		close: cut,
	};
}

/** Accepts connections, lets them wait, and hands them to the server. */
function delayed(server: Server, milliseconds: number): SocketServer {
	return createSocketServer({ pauseOnConnect: true }, (socket) => {
		setTimeout(() => {
			server.emit('connection', socket);
			socket.resume();
		}, milliseconds);
	});
}

async function listen(server: SocketServer, port: number): Promise<number> {
	const listening = once(server, 'listening');
	server.listen({ port, host: LOOPBACK });
	await listening;
	return (server.address() as AddressInfo).port;
}
