/** Tenant names for many tenants instead of one. */
export const WELL_KNOWN_TENANTS = ['common', 'organizations', 'consumers'] as const;

/** An empty tenant ID means this: every multi-tenant registration is reachable through it. */
export const DEFAULT_TENANT = 'common';

/**
 * What a tenant ID and a host may look like. Regular expressions rather than code, because n8n's
 * credential expressions and this package's own check both read them.
 */
export const TENANT_PATTERN =
	/^(?:common|organizations|consumers|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9]))$/i;

/** An https origin without path, query or user; plain http only on this machine itself. */
export const ORIGIN_PATTERN =
	/^(?:https:\/\/(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])|http:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\]))(?::\d{1,5})?$/i;

/**
 * Each broken rule, with the words for a designer (`cause`, `remedy`; `operatorRemedy` where the app
 * is RoboMQ's, whose fields the designer does not see) and a `scheme`: a URL scheme
 * that no client can call. It replaces a URL that must not be called, and n8n quotes it when
 * it refuses to start the sign-in, so that even there the reason can be read.
 */
export const CONNECTION_REFUSALS = {
	cloudInstance: {
		scheme: 'unknown-cloud-instance-choose-one-from-the-list',
		cause: 'The cloud instance is not one that this credential knows',
		remedy: 'Open the credential and choose the Entra ID Cloud Instance from the list.',
	},
	tenantId: {
		scheme: 'tenant-id-must-be-a-guid-or-a-domain',
		cause: 'The tenant ID is neither a GUID, nor a domain, nor common, organizations or consumers',
		remedy:
			'Copy the Directory (tenant) ID from the Overview page of the app registration, or leave the field empty for an app that serves every tenant.',
		operatorRemedy:
			"RoboMQ's operator enters a GUID or a domain as the tenant ID in n8n's credential overwrites, or none.",
	},
	loginHost: {
		scheme: 'login-host-must-be-an-https-origin',
		cause: 'The login host is not an https origin',
		remedy: 'Enter scheme and host only, such as https://login.example, without a path.',
	},
	graphHost: {
		scheme: 'graph-host-must-be-an-https-origin',
		cause: 'The Graph host is not an https origin',
		remedy: 'Enter scheme and host only, such as https://graph.example, without a path.',
	},
	provisioning: {
		scheme: 'the-robomq-application-is-not-provisioned-ask-your-n8n-administrator',
		cause: 'The RoboMQ application is not provisioned in this n8n',
		remedy:
			'Ask your n8n administrator to set the client ID and client secret of the RoboMQ application as credential overwrites, or choose the customer-owned application. If both are set, delete this credential and create it again in the editor: with an expression in one of its fields, n8n hands out no secret.',
	},
	scope: {
		scheme: 'the-robomq-application-asks-for-mail-send-only',
		cause: 'The RoboMQ credential holds a scope of its own',
		remedy:
			'Delete the credential and create it again in the editor. The RoboMQ application asks for Mail.Send and offline_access, nothing else.',
	},
	signInUrls: {
		scheme: 'the-sign-in-urls-must-be-of-one-origin',
		cause: 'The sign-in URLs of the RoboMQ application cannot be used',
		remedy:
			"RoboMQ's operator sets authUrl and accessTokenUrl in n8n's credential overwrites: https://<sign-in host>/<tenant>/oauth2/v2.0/authorize and …/token, both of the same host.",
	},
	clientId: {
		scheme: 'client-id-is-missing',
		cause: 'The client ID is missing',
		remedy:
			'Open the credential and enter the Application (client) ID from the Overview page of the app registration.',
	},
} as const;

export type ConnectionField = keyof typeof CONNECTION_REFUSALS;
