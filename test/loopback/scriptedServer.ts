import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { TLSSocket, createSecureContext } from 'node:tls';
import type { ServerCertificate } from './certificate';

/** A server that does on the bare connection exactly what a test says. */
export interface ScriptedServer {
	origin: string;
	/** How many connections were made. */
	connections: () => number;
	close: () => void;
}

/** One connection as the test's script sees it. */
export interface Peer {
	socket: Socket;
	/** Ends the connection as a crashed machine's kernel does. */
	reset: () => void;
	/** Counted from 0. */
	number: number;
	/** What the client sent so far; over TLS, deciphered. */
	received: () => string;
	/** Resolves as soon as the client has sent this text, on this connection, since the last call. */
	receives: (text: string) => Promise<void>;
}

export type Script = (peer: Peer) => void | Promise<void>;

/** Called with the bare connection before any TLS; `false` leaves it at that. */
export type BareScript = (socket: Socket) => boolean;

export async function startScriptedServer(
	script: Script,
	{ certificate, bare = () => true }: { certificate?: ServerCertificate; bare?: BareScript } = {},
): Promise<ScriptedServer> {
	const open = new Set<Socket>();
	let connections = 0;
	const server = createServer((socket) => {
		open.add(socket);
		socket.on('error', () => socket.destroy());
		const number = connections++;
		if (!bare(socket)) return;
		if (!certificate) return void script(peerOf(socket, socket, number));
		const secure = new TLSSocket(socket, {
			isServer: true,
			secureContext: createSecureContext(certificate),
		});
		secure.on('error', () => socket.destroy());
		secure.once('secure', () => void script(peerOf(secure, socket, number)));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		origin: `${certificate ? 'https' : 'http'}://127.0.0.1:${port}`,
		connections: () => connections,
		close: () => {
			server.close();
			for (const socket of open) socket.destroy();
		},
	};
}

function peerOf(socket: Socket, bare: Socket, number: number): Peer {
	let received = '';
	let seen = 0;
	let check = () => {};
	socket.on('data', (chunk: Buffer) => {
		received += chunk.toString('latin1');
		check();
	});
	return {
		socket,
		number,
		reset: () => void bare.resetAndDestroy(),
		received: () => received,
		receives: async (text) =>
			await new Promise((resolve) => {
				check = () => {
					const at = received.indexOf(text, seen);
					if (at < 0) return;
					seen = at + text.length;
					check = () => {};
					resolve();
				};
				check();
			}),
	};
}
