import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { Stage } from '../../n8n/stage';

/** What the demo starts can be reached from this machine, and from nowhere else. */
export async function checkLoopbackOnly({ n8n, sandbox }: Stage): Promise<string> {
	const origins = new Set([n8n.origin, sandbox.loginOrigin, sandbox.graphOrigin]);
	const outside = Object.values(networkInterfaces())
		.flatMap((addresses) => addresses ?? [])
		.filter(({ internal, scopeid }) => !internal && !scopeid)
		.map(({ address }) => address);
	for (const origin of origins) {
		const port = Number(new URL(origin).port);
		for (const address of outside)
			assert.equal(await accepts(address, port), false, `${origin} is open at ${address}`);
	}
	for (const origin of [sandbox.loginOrigin, sandbox.graphOrigin])
		assert.equal(await statusFor(origin, 'attacker.example'), 421, `${origin} takes any host`);
	return `${origins.size} ports at ${outside.length} addresses of this machine`;
}

async function accepts(host: string, port: number): Promise<boolean> {
	const socket = connect({ host, port, timeout: 5_000 });
	try {
		await Promise.race([
			once(socket, 'connect'),
			once(socket, 'timeout').then(() => Promise.reject(new Error('timeout'))),
		]);
		return true;
	} catch {
		return false;
	} finally {
		socket.destroy();
	}
}

async function statusFor(origin: string, host: string): Promise<number | undefined> {
	const sent = request(origin, { headers: { host }, agent: false }).end();
	const [response] = (await once(sent, 'response')) as [IncomingMessage];
	response.resume();
	return response.statusCode;
}
