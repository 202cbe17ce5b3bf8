import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

export const LOOPBACK = '127.0.0.1';

/** Whether this machine lets us listen on the port. */
export async function isFree(port: number): Promise<boolean> {
	return (await listenOnce(port)) !== undefined;
}

/** The preferred port, or one of the system's choice if that is taken. */
export async function freePort(preferred = 0): Promise<number> {
	const port = (await listenOnce(preferred)) ?? (await listenOnce(0));
	if (port === undefined) throw new Error('The system has no free port');
	return port;
}

async function listenOnce(port: number): Promise<number | undefined> {
	const server = createServer().listen(port, LOOPBACK);
	try {
		await once(server, 'listening');
	} catch {
		// Taken, or not ours to take: either way another port is needed.
		return undefined;
	}
	const address = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return address.port;
}
