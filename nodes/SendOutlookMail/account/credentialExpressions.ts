import { CLOUD_INSTANCES, CUSTOM_CLOUD_INSTANCE, DEFAULT_CLOUD_INSTANCE } from './cloudInstances';
import {
	CONNECTION_REFUSALS,
	DEFAULT_TENANT,
	ORIGIN_PATTERN,
	TENANT_PATTERN,
} from './connectionRules';
import { BASE_SCOPES, OPTIONAL_PERMISSIONS } from './permissions';

/**
 * n8n computes hidden credential fields from expressions, so the tables of this folder are written
 * into expressions here. n8n ends an expression at the first `}}`: JSON is spaced out to avoid it.
 */
function literal(value: unknown): string {
	return JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ');
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
		if (!origin && cloud !== ${literal(CUSTOM_CLOUD_INSTANCE)}) return ${literal(`${CONNECTION_REFUSALS.cloudInstance.scheme}:`)};
		if (!${ORIGIN_PATTERN}.test(origin)) return ${literal(`${CONNECTION_REFUSALS.loginHost.scheme}:`)};`;

const RESOLVE_TENANT = `
		const tenant = String($self["tenantId"] || "").trim() || ${literal(DEFAULT_TENANT)};
		if (!${TENANT_PATTERN}.test(tenant)) return ${literal(`${CONNECTION_REFUSALS.tenantId.scheme}:`)};`;

const REQUIRE_PROVISIONING = `
		if (!$self["clientId"] || !($self["clientSecret"] || $self["privateKey"])) return ${literal(`${CONNECTION_REFUSALS.provisioning.scheme}:`)};`;

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
const PROVISIONED_ORIGIN = `${REQUIRE_PROVISIONING}
		const origin = ${literal(CLOUD_INSTANCES[DEFAULT_CLOUD_INSTANCE].loginOrigin)};`;
export const PROVISIONED_AUTHORIZATION_URL = entraEndpoint('authorize', PROVISIONED_ORIGIN);
export const PROVISIONED_TOKEN_URL = entraEndpoint('token', PROVISIONED_ORIGIN);

/** The two base scopes and those optional permissions that the owner ticked; anything else is ignored. */
export const SCOPE = expression(`
		const ticked = $self["permissions"] || [];
		return ${literal(BASE_SCOPES)}.concat(${literal(Object.keys(OPTIONAL_PERMISSIONS))}.filter((name) => ticked.includes(name))).join(" ");`);
