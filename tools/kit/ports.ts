import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { Obstacle } from './obstacle';

export const LOOPBACK = '127.0.0.1';

const USUAL_PORT = 5678;

/** One of the system's choice, which nobody else is about to take. */
export const ANY_PORT = 0;

/**
 * Exactly the port that was asked for; without one, n8n's usual port or any free one.
 *
 * @throws {Obstacle} when the port that was asked for is taken
 */
export async function choosePort(wanted: number | undefined): Promise<number> {
	if (wanted === undefined) return await freePort(USUAL_PORT);
	if (wanted === ANY_PORT) return await freePort();
	if ((await listenOnce(wanted)) !== undefined) return wanted;
	throw new Obstacle(
		`Port ${wanted} is in use: give --port another number, or leave it out to get a free one.`,
	);
}

/** The preferred port, or one of the system's choice if that is taken. */
export async function freePort(preferred = ANY_PORT): Promise<number> {
	const port = (await listenOnce(preferred)) ?? (await listenOnce(ANY_PORT));
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
