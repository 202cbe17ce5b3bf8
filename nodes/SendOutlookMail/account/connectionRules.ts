import { CLOUD_INSTANCES, CUSTOM_CLOUD_INSTANCE, DEFAULT_CLOUD_INSTANCE } from './cloudInstances';
import { BASE_SCOPES, OPTIONAL_PERMISSIONS } from './application';

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

/**
 * n8n computes hidden credential fields from expressions, so the tables of this folder are written
 * into expressions here. n8n ends an expression at the first `}}`: JSON is spaced out to avoid it.
 */
function literal(value: unknown): string {
	return JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ');
}

/** A URL that cannot be called, and says why. */
function refusal(field: ConnectionField): string {
	return literal(`${CONNECTION_REFUSALS[field].scheme}:`);
}

function expression(statements: string): string {
	const compact = statements.replace(/\s*\n\s*/g, ' ').trim();
	return `={{ (() => { ${compact} } )() }}`;
}

/** Statements that leave in `origin` the sign-in host, or return a URL that cannot be called. */
const RESOLVE_ORIGIN = `
		const cloud = $self["cloudInstance"] || ${literal(DEFAULT_CLOUD_INSTANCE)};
		const known = ${literal(
			Object.fromEntries(
				Object.entries(CLOUD_INSTANCES).map(([name, { loginOrigin }]) => [name, loginOrigin]),
			),
		)};
		const entered = String($self["loginHost"] || "").trim().replace(/\\/$/, "");
		const origin = cloud === ${literal(CUSTOM_CLOUD_INSTANCE)} ? entered : known[cloud];
		if (!origin && cloud !== ${literal(CUSTOM_CLOUD_INSTANCE)}) return ${refusal('cloudInstance')};
		if (!${ORIGIN_PATTERN}.test(origin)) return ${refusal('loginHost')};`;

const RESOLVE_TENANT = `
		const tenant = String($self["tenantId"] || "").trim() || ${literal(DEFAULT_TENANT)};
		if (!${TENANT_PATTERN}.test(tenant)) return ${refusal('tenantId')};`;

function entraEndpoint(path: 'authorize' | 'token', origin: string): string {
	return expression(
		`${origin} ${RESOLVE_TENANT} return origin + "/" + tenant + "/oauth2/v2.0/${path}";`,
	);
}

export const AUTHORIZATION_URL = entraEndpoint('authorize', RESOLVE_ORIGIN);
export const TOKEN_URL = entraEndpoint('token', RESOLVE_ORIGIN);

/**
 * For an application whose client ID the n8n operator provides. The host is not a field: what a
 * member of the n8n stores in the credential cannot change it.
 */
const PROVISIONED_ORIGIN = `
		if (!$self["clientId"] || !($self["clientSecret"] || $self["privateKey"])) return ${refusal('provisioning')};
		const origin = ${literal(CLOUD_INSTANCES[DEFAULT_CLOUD_INSTANCE].loginOrigin)};`;
export const PROVISIONED_AUTHORIZATION_URL = entraEndpoint('authorize', PROVISIONED_ORIGIN);
export const PROVISIONED_TOKEN_URL = entraEndpoint('token', PROVISIONED_ORIGIN);

/** The two base scopes and those optional permissions that the owner ticked; anything else is ignored. */
export const SCOPE = expression(`
		const ticked = $self["permissions"] || [];
		return ${literal(BASE_SCOPES)}.concat(${literal(Object.keys(OPTIONAL_PERMISSIONS))}.filter((name) => ticked.includes(name))).join(" ");`);
