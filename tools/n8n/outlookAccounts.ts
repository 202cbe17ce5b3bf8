import assert from 'node:assert/strict';
import type { Sandbox } from '#sandbox/index';
import type { Account } from '#sandbox/directory/index';
import {
	authorizeUrlOf,
	finishSignIn,
	saveCredential,
	type Credential,
	type CredentialEntry,
} from './credentials';
import type { Stage } from './stage';

/** An Outlook account to link: what the designer enters, and what the sign-in must then ask for. */
export interface OutlookAccount extends CredentialEntry {
	application: string;
	/** Who signs in. */
	mailbox: string;
	/** The tenant that the sign-in's address must name. */
	tenant: string;
	clientId: string;
	/** What the sign-in asks for beyond the two that every account asks for. */
	permissions?: readonly string[];
}

export interface LinkedOutlookAccount extends OutlookAccount {
	credential: Credential;
	authorizeUrl: URL;
}

/** n8n shows only a credential's name, so the name says whose mailbox it links. */
function linkedBy({ displayName, userPrincipalName }: Account, application: string) {
	return {
		application,
		name: `Outlook: ${displayName} (${application})`,
		mailbox: userPrincipalName,
	};
}

/** RoboMQ's application: the designer enters nothing. */
export function roboMqAccount({ directory: { apps, accounts } }: Sandbox): OutlookAccount {
	return {
		...linkedBy(accounts.adele, 'RoboMQ'),
		type: 'roboMqOutlookOAuth2Api',
		data: {},
		tenant: 'common',
		clientId: apps.roboMq.id,
	};
}

/** The customer's own application, with a client secret. */
export function customerAccount(sandbox: Sandbox): OutlookAccount {
	const { tenants, apps, accounts } = sandbox.directory;
	const { id, secrets } = apps.customerSecret;
	return {
		...linkedBy(accounts.megan, 'Customer-owned'),
		type: 'customerOutlookOAuth2Api',
		data: {
			...customCloud(sandbox),
			tenantId: tenants.contoso.id,
			clientId: id,
			clientSecret: secrets[0]?.value,
		},
		tenant: tenants.contoso.id,
		clientId: id,
	};
}

/** The customer's own application with every permission that its owner may tick. */
export function privilegedAccount(sandbox: Sandbox): OutlookAccount {
	const permissions = ['Mail.ReadWrite', 'Mail.Send.Shared'];
	const { apps, accounts } = sandbox.directory;
	apps.customerSecret.permissions.push(...permissions);
	const account = customerAccount(sandbox);
	return {
		...account,
		// Adele may send as hr@contoso.example.
		...linkedBy(accounts.adele, 'Customer-owned, all permissions'),
		data: { ...account.data, permissions },
		permissions,
	};
}

/** The customer's own application, with a certificate instead of a secret. */
export function certificateAccount(sandbox: Sandbox): OutlookAccount {
	const { tenants, apps, accounts } = sandbox.directory;
	const { id, certificates } = apps.customerCertificate;
	return {
		...linkedBy(accounts.megan, 'Customer-owned, certificate'),
		type: 'customerOutlookOAuth2Api',
		data: {
			...customCloud(sandbox),
			tenantId: tenants.contoso.domain,
			clientId: id,
			clientCredentialType: 'certificate',
			privateKey: certificates[0]?.privateKey,
			certificate: certificates[0]?.certificate,
		},
		tenant: tenants.contoso.domain,
		clientId: id,
	};
}

/** A customer in another tenant, with an application of its own. */
export function otherTenantAccount(sandbox: Sandbox): OutlookAccount {
	const { tenants, apps, accounts } = sandbox.directory;
	const { id, secrets } = apps.tailspin;
	return {
		...linkedBy(accounts.lidia, 'Customer-owned, another tenant'),
		type: 'customerOutlookOAuth2Api',
		data: {
			...customCloud(sandbox),
			tenantId: tenants.tailspin.id,
			clientId: id,
			clientSecret: secrets[0]?.value,
		},
		tenant: tenants.tailspin.id,
		clientId: id,
	};
}

export function customCloud({ loginOrigin, graphOrigin }: Sandbox) {
	return { cloudInstance: 'custom', loginHost: loginOrigin, graphHost: graphOrigin };
}

/** Connects an account: n8n's OAuth flow, with a person who signs in and consents. */
export async function linkAccount(
	{ sandbox, session }: Pick<Stage, 'sandbox' | 'session'>,
	account: OutlookAccount,
): Promise<LinkedOutlookAccount> {
	const credential = await saveCredential(session, account);
	const authorizeUrl = await authorizeUrlOf(session, credential);
	requireExactRequest(authorizeUrl, account, sandbox);
	const { redirectUrl } = await sandbox.signIn({
		authorizeUrl: authorizeUrl.href,
		account: account.mailbox,
	});
	await finishSignIn(session, redirectUrl);
	return { ...account, credential, authorizeUrl };
}

/** The sign-in asks for two scopes and what its owner ticked, in the right tenant, with PKCE. */
function requireExactRequest(
	url: URL,
	{ tenant, clientId, permissions = [] }: OutlookAccount,
	sandbox: Sandbox,
) {
	const query = url.searchParams;
	assert.equal(url.origin + url.pathname, `${sandbox.loginOrigin}/${tenant}/oauth2/v2.0/authorize`);
	assert.equal(query.get('scope'), ['Mail.Send', 'offline_access', ...permissions].join(' '));
	assert.equal(query.get('client_id'), clientId);
	assert.equal(query.get('response_type'), 'code');
	assert.equal(query.get('code_challenge_method'), 'S256');
	assert.match(query.get('code_challenge') ?? '', /^[\w-]{43}$/);
	assert.equal(query.has('client_secret'), false);
}
