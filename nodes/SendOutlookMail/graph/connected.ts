import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { afterWhatCame } from './turns';

/**
 * Calls `next` once a byte can leave over this connection: it is made, over TLS the server's
 * certificate was found good, and whatever the server did until now has been read. A server that
 * has ended the connection by then, idle or new, has ended it before the request and not after it.
 */
export function whenConnected(socket: Socket, next: () => void): void {
	if (isBeingMade(socket)) {
		socket.once(isTls(socket) ? 'secureConnect' : 'connect', () => afterWhatCame(next));
	} else {
		afterWhatCame(next);
	}
}

function isTls(socket: Socket): boolean {
	return (socket as Partial<TLSSocket>).encrypted === true;
}

function isBeingMade(socket: Socket): boolean {
	return socket.connecting || (socket as { secureConnecting?: boolean }).secureConnecting === true;
}
