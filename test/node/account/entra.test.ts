import { askForTenant, createHostHttp, type HostHttp } from '#node/account/entra';

const LOGIN = 'https://login.example';
const connection = {
	cloudInstance: 'custom',
	tenant: 'common',
	clientId: 'c',
	loginOrigin: LOGIN,
	graphOrigin: LOGIN,
} as const;

function answering(body: unknown, status = 200, headers: Record<string, string> = {}) {
	const asked: string[] = [];
	const http: HostHttp = async ({ url }) => {
		asked.push(url);
		return { status, headers, body: JSON.stringify(body) };
	};
	return { http, asked };
}

const metadata = (
	token: unknown,
	authorization: unknown = `${LOGIN}/common/oauth2/v2.0/authorize`,
) => ({
	token_endpoint: token,
	authorization_endpoint: authorization,
});

test('endpoints of the sign-in host are taken', async () => {
	const { http, asked } = answering(metadata(`${LOGIN}/common/oauth2/v2.0/token`));
	expect((await askForTenant(connection, http)).kind).toBe('found');
	expect(asked).toEqual([`${LOGIN}/common/v2.0/.well-known/openid-configuration`]);
});

test.each([
	['https://evil.example/token'],
	['http://login.example/token'],
	['https://login.example:8443/token'],
	['https://login.example.evil.example/token'],
	['https://login.example@evil.example/token'],
	['//evil.example/token'],
	['not a URL'],
])('a token endpoint %s is foreign', async (endpoint) => {
	const { http } = answering(metadata(endpoint));
	expect((await askForTenant(connection, http)).kind).toBe('foreign');
});

test.each(['https://evil.example/authorize', undefined, 7])(
	'an authorization endpoint %s is foreign',
	async (endpoint) => {
		const { http } = answering({ ...metadata(`${LOGIN}/token`), authorization_endpoint: endpoint });
		expect((await askForTenant(connection, http)).kind).toBe('foreign');
	},
);

test('a redirect is not followed', async () => {
	const { http, asked } = answering({}, 302, { location: 'https://evil.example/' });
	expect((await askForTenant(connection, http)).kind).toBe('noAnswer');
	expect(asked).toHaveLength(1);
});

test.each(['https://evil.example/token', 'http://login.example/token', 'https://login.example:1/'])(
	'what proves an application is not sent to %s',
	async (url) => {
		const httpRequest = jest.fn();
		const http = createHostHttp({ helpers: { httpRequest } } as never, LOGIN);
		await expect(http({ method: 'POST', url, body: 'client_secret=s' })).rejects.toThrow(
			'is not the sign-in host',
		);
		expect(httpRequest).not.toHaveBeenCalled();
	},
);

test('n8n is told not to follow redirects', async () => {
	const httpRequest = jest.fn(async () => ({ statusCode: 200, headers: {}, body: '{}' }));
	const http = createHostHttp({ helpers: { httpRequest } } as never, LOGIN);
	await http({ method: 'POST', url: `${LOGIN}/token` });
	expect(httpRequest).toHaveBeenCalledWith(
		expect.objectContaining({ disableFollowRedirect: true }),
	);
});
