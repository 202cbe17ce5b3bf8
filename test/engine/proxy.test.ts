import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CredentialStore } from '#tools/engine/credentialStore';
import { runWorkflow } from '#tools/engine/runWorkflow';

/** A proxy that refuses every connection with this answer. */
async function startRefusingProxy(answer: string) {
	const asked: string[] = [];
	const proxy = createServer().on('connect', (request, socket) => {
		asked.push(request.url ?? '');
		socket.end(answer);
	});
	proxy.listen(0, '127.0.0.1');
	await once(proxy, 'listening');
	const origin = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
	return { asked, origin, close: () => proxy.close() };
}

const FORBIDDEN = 'HTTP/1.1 403 Forbidden\r\n';

test.each([
	['without a body', `${FORBIDDEN}Content-Length: 0\r\n\r\n`],
	['with a page', `${FORBIDDEN}Content-Type: text/html\r\n\r\n<html>Blocked by policy</html>`],
	['with a text', `${FORBIDDEN}Content-Type: text/plain\r\n\r\nBlocked by policy`],
	['with JSON', `${FORBIDDEN}Content-Type: application/json\r\n\r\n{"error":"forbidden"}`],
	[
		'with JSON in the form of an error of Graph',
		`${FORBIDDEN}Content-Type: application/json\r\n\r\n{"error":{"code":"Forbidden","message":"Blocked by policy"}}`,
	],
])(
	'a proxy that refuses to connect to Graph, %s, is not taken for Graph',
	async (_name, answer) => {
		const proxy = await startRefusingProxy(answer);
		process.env.HTTPS_PROXY = proxy.origin;
		try {
			const store = new CredentialStore();
			const credential = store.add({
				id: 'c1',
				name: 'Outlook',
				type: 'customerOutlookOAuth2Api',
				data: { clientId: 'client-1', oauthTokenData: { access_token: 'token-1' } } as never,
			});
			const { error } = await runWorkflow({
				store,
				credential,
				parameters: { to: 'jane@example.com', subject: 'Welcome', body: 'Hello' },
				items: [{ json: {} }],
			});
			expect(proxy.asked).toEqual(['graph.microsoft.com:443']);
			expect(error?.message).toMatch(/Something between n8n and Microsoft Graph/);
			expect(error?.description).toMatch(/proxy or firewall/);
		} finally {
			delete process.env.HTTPS_PROXY;
			proxy.close();
		}
	},
);
