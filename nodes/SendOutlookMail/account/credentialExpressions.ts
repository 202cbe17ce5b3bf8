import {
	CLOUD_INSTANCES,
	CUSTOM_CLOUD_INSTANCE,
	DEFAULT_CLOUD_INSTANCE,
	type CloudInstance,
} from './cloudInstances';
import {
	CONNECTION_REFUSALS,
	DEFAULT_TENANT,
	ORIGIN_PATTERN,
	TENANT_PATTERN,
} from './connectionRules';
import { BASE_SCOPES, OPTIONAL_PERMISSIONS } from './permissions';

/**
 * n8n computes hidden credential fields from expressions, so the tables of this room are written
 * into expressions here. n8n ends an expression at the first `}}`: JSON is spaced out to avoid it.
 */
function literal(value: unknown): string {
	return JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ');
}

function expression(statements: string): string {
	const compact = statements.replace(/\s*\n\s*/g, ' ').trim();
	return `={{ (() => { ${compact} } )() }}`;
}

type Origin = keyof Pick<CloudInstance, 'loginOrigin' | 'graphOrigin'>;

const ENTERED_FIELD: Record<Origin, 'loginHost' | 'graphHost'> = {
	loginOrigin: 'loginHost',
	graphOrigin: 'graphHost',
};

/** Statements that leave in `origin` the host to call, or return a URL that cannot be called. */
function resolveOrigin(origin: Origin): string {
	const field = ENTERED_FIELD[origin];
	const origins = Object.fromEntries(
		Object.entries(CLOUD_INSTANCES).map(([name, cloud]) => [name, cloud[origin]]),
	);
	return `
		const cloud = $self["cloudInstance"] || ${literal(DEFAULT_CLOUD_INSTANCE)};
		const known = ${literal(origins)};
		const entered = String($self[${literal(field)}] || "").trim().replace(/\\/$/, "");
		const origin = cloud === ${literal(CUSTOM_CLOUD_INSTANCE)} ? entered : known[cloud];
		if (!origin && cloud !== ${literal(CUSTOM_CLOUD_INSTANCE)}) return ${literal(`${CONNECTION_REFUSALS.cloudInstance.scheme}:`)};
		if (!${ORIGIN_PATTERN}.test(origin)) return ${literal(`${CONNECTION_REFUSALS[field].scheme}:`)};`;
}

const RESOLVE_TENANT = `
		const tenant = String($self["tenantId"] || "").trim() || ${literal(DEFAULT_TENANT)};
		if (!${TENANT_PATTERN}.test(tenant)) return ${literal(`${CONNECTION_REFUSALS.tenantId.scheme}:`)};`;

const REQUIRE_PROVISIONING = `
		if (!$self["clientId"]) return ${literal(`${CONNECTION_REFUSALS.provisioning.scheme}:`)};`;

function entraEndpoint(path: 'authorize' | 'token', precondition = ''): string {
	return expression(
		`${precondition} ${resolveOrigin('loginOrigin')} ${RESOLVE_TENANT} return origin + "/" + tenant + "/oauth2/v2.0/${path}";`,
	);
}

export const AUTHORIZATION_URL = entraEndpoint('authorize');
export const TOKEN_URL = entraEndpoint('token');

/** For an application whose client ID is the n8n operator's to provide, not the designer's. */
export const PROVISIONED_AUTHORIZATION_URL = entraEndpoint('authorize', REQUIRE_PROVISIONING);
export const PROVISIONED_TOKEN_URL = entraEndpoint('token', REQUIRE_PROVISIONING);
export const GRAPH_URL = expression(`${resolveOrigin('graphOrigin')} return origin;`);

/** The two base scopes and those optional permissions that the owner ticked; anything else is ignored. */
export const SCOPE = expression(`
		const ticked = $self["permissions"] || [];
		return ${literal(BASE_SCOPES)}.concat(${literal(Object.keys(OPTIONAL_PERMISSIONS))}.filter((name) => ticked.includes(name))).join(" ");`);

/** The scope of an app to which nothing can be added. */
export const BASE_SCOPE = BASE_SCOPES.join(' ');
