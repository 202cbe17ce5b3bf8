import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { startSandbox, type Sandbox } from '#sandbox/index';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});

afterAll(async () => await sandbox.close());

async function answerFor(origin: string, path: string, host: string) {
	return await new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
		request(`${origin}${path}`, { headers: { host } })
			.once('error', reject)
			.once('response', (response) => {
				text(response).then(
					(body) => resolve({ status: response.statusCode, body }),
					(error: unknown) => reject(error as Error),
				);
			})
			.end();
	});
}

const PLACES = [
	['the front page', 'loginOrigin', '/'],
	['the outbox', 'loginOrigin', '/outbox'],
	['the control of the sandbox', 'loginOrigin', '/sandbox/outbox'],
	['the openid-configuration', 'loginOrigin', '/common/v2.0/.well-known/openid-configuration'],
	['Graph', 'graphOrigin', '/v1.0/me/messages'],
] as const;

describe.each(PLACES)('%s', (_name, origin, path) => {
	test.each([
		'attacker.example',
		'localhost.attacker.example:80',
		'127.0.0.1.nip.example',
		'10.0.0.1',
	])('refuses a request for the host %s', async (host) => {
		const { status, body } = await answerFor(sandbox[origin], path, host);
		expect(status).toBe(421);
		expect(body).toBe('{"error":"The sandbox answers only to localhost and 127.0.0.1."}');
	});

	test.each(['localhost:5678', '127.0.0.1', '[::1]:80'])('answers to %s', async (host) => {
		expect((await answerFor(sandbox[origin], path, host)).status).not.toBe(421);
	});
});
