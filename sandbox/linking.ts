import type { Sandbox } from './sandbox';

type Linkable = Pick<Sandbox, 'loginOrigin' | 'graphOrigin' | 'directory'>;

/** What the operator of n8n knows of the RoboMQ application, and no designer sees. */
export function roboMqOverwrites({ loginOrigin, directory }: Linkable) {
	const { id, secrets } = directory.apps.roboMq;
	return {
		roboMqOutlookOAuth2Api: {
			// The sandbox serves Graph under the same origin.
			authUrl: `${loginOrigin}/common/oauth2/v2.0/authorize`,
			accessTokenUrl: `${loginOrigin}/common/oauth2/v2.0/token`,
			clientId: id,
			clientSecret: secrets[0]?.value ?? '',
		},
	};
}

/** How a person links accounts of this sandbox in an n8n of their own. All values are made up. */
export function howToLink(sandbox: Linkable): string {
	const { tenants, apps, accounts } = sandbox.directory;
	const { id, secrets } = apps.customerSecret;
	return `
To link an account in an n8n on this machine (all values are made up):

  Customer-Owned Outlook OAuth2 API
    Client ID                ${id}
    Client Secret            ${secrets[0]?.value ?? ''}
    Entra ID Cloud Instance  Custom
    Login Host               ${sandbox.loginOrigin}
    Graph Host               ${sandbox.graphOrigin}
    Tenant ID                ${tenants.contoso.id}
    Press Save, then Connect, and choose ${accounts.megan.displayName}.

  RoboMQ Outlook OAuth2 API: start n8n with
    N8N_SKIP_CREDENTIAL_OVERWRITE=customerOutlookOAuth2Api
    CREDENTIALS_OVERWRITE_DATA='${JSON.stringify(roboMqOverwrites(sandbox))}'
    Press Connect and choose ${accounts.adele.displayName}.

n8n at another address than http://localhost: add --redirect-uri <address of n8n>/rest/oauth2-credential/callback

`;
}
