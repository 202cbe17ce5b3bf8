import { AccountRefusal } from '../facts/failure';
import { asText } from '../facts/json';
import { BASE_SCOPE, type Application, type CredentialData } from './application';
import {
	CLOUD_INSTANCES,
	CUSTOM_CLOUD_INSTANCE,
	DEFAULT_CLOUD_INSTANCE,
	type CloudInstanceName,
} from './cloudInstances';
import {
	CONNECTION_REFUSALS,
	DEFAULT_TENANT,
	ORIGIN_PATTERN,
	TENANT_PATTERN,
	WELL_KNOWN_TENANTS,
	type ConnectionField,
} from './connectionRules';

export interface Connection {
	cloudInstance: CloudInstanceName | typeof CUSTOM_CLOUD_INSTANCE;
	/** GUID, domain, or one of the names for many tenants. */
	tenant: string;
	loginOrigin: string;
	/** The only host to which this connection's token may be sent. */
	graphOrigin: string;
	clientId: string;
}

/** The refusal of one field of a credential, in the words of the table of rules. */
function refuse(field: ConnectionField, application: Application): AccountRefusal {
	const rule: { cause: string; remedy: string; operatorRemedy?: string } =
		CONNECTION_REFUSALS[field];
	const { cause, remedy, operatorRemedy = remedy } = rule;
	const chosen = application === 'roboMq' ? operatorRemedy : remedy;
	return new AccountRefusal('invalidCredential', cause, chosen);
}

/**
 * Reads where a credential points.
 *
 * @throws {AccountRefusal} naming the field that breaks a rule
 */
export function readConnection(credential: CredentialData, application: Application): Connection {
	return application === 'roboMq' ? readProvisioned(credential) : readEntered(credential);
}

/**
 * The owner's fields decide rather than URLs stored beside them, so that no stored URL can send a
 * token elsewhere.
 */
function readEntered(credential: CredentialData): Connection {
	const cloudInstance = text(credential.cloudInstance) || DEFAULT_CLOUD_INSTANCE;
	const tenant = text(credential.tenantId) || DEFAULT_TENANT;
	if (!TENANT_PATTERN.test(tenant)) throw refuse('tenantId', 'customer');
	const clientId = text(credential.clientId);
	if (!clientId) throw refuse('clientId', 'customer');
	if (cloudInstance === CUSTOM_CLOUD_INSTANCE) {
		const loginOrigin = enteredOrigin(credential, 'loginHost');
		const graphOrigin = enteredOrigin(credential, 'graphHost');
		return { cloudInstance, tenant, clientId, loginOrigin, graphOrigin };
	}
	if (!isCloudInstance(cloudInstance)) throw refuse('cloudInstance', 'customer');
	const { loginOrigin, graphOrigin } = CLOUD_INSTANCES[cloudInstance];
	return { cloudInstance, tenant, clientId, loginOrigin, graphOrigin };
}

/**
 * The application of an n8n operator. Anyone who may create credentials can store a value in any of
 * its fields, except in those that n8n pins: `accessTokenUrl` and `authUrl`. So the resolved token URL
 * alone decides where the secret and the token go, and nothing that is stored widens what they may do.
 */
function readProvisioned(credential: CredentialData): Connection {
	const clientId = text(credential.clientId);
	const proof = credential.clientCredentialType === 'certificate' ? 'privateKey' : 'clientSecret';
	if (!clientId || !text(credential[proof])) throw refuse('provisioning', 'roboMq');
	if (credential.scope !== BASE_SCOPE) throw refuse('scope', 'roboMq');
	const { origin: loginOrigin, tenant } = pinnedEndpoint(credential.accessTokenUrl, 'token');
	if (pinnedEndpoint(credential.authUrl, 'authorize').origin !== loginOrigin)
		throw refuse('signInUrls', 'roboMq');
	const clouds = Object.keys(CLOUD_INSTANCES)
		.filter(isCloudInstance)
		.filter((name) => CLOUD_INSTANCES[name].loginOrigin === loginOrigin);
	const known = clouds.find((name) => name === credential.cloudInstance) ?? clouds[0];
	const graphOrigin = known ? CLOUD_INSTANCES[known].graphOrigin : loginOrigin;
	const cloudInstance = known ?? CUSTOM_CLOUD_INSTANCE;
	return { cloudInstance, tenant, clientId, loginOrigin, graphOrigin };
}

const ENDPOINT_PATTERN =
	/^([a-z]+:\/\/[^/?#]+)\/([^/?#]+)\/oauth2\/v2\.0\/(authorize|token)(?:\?[^#]*)?$/i;

/** Origin and tenant of an endpoint of Entra ID, from a URL that only the operator can set. */
function pinnedEndpoint(
	url: unknown,
	endpoint: 'authorize' | 'token',
): { origin: string; tenant: string } {
	const [, origin = '', tenant = '', found] = ENDPOINT_PATTERN.exec(text(url)) ?? [];
	if (found === endpoint && ORIGIN_PATTERN.test(origin) && TENANT_PATTERN.test(tenant)) {
		return { origin: new URL(origin).origin, tenant };
	}
	// The credential's own default answers a tenant ID that cannot be one in this way.
	const isTenant = url === `${CONNECTION_REFUSALS.tenantId.scheme}:`;
	throw refuse(isTenant ? 'tenantId' : 'signInUrls', 'roboMq');
}

/** Who may receive email; a list that is set and empty must not count as no list. */
export function readAllowedRecipients(credential: CredentialData): unknown {
	return 'allowedRecipients' in credential ? (credential.allowedRecipients ?? null) : undefined;
}

/** Whether the tenant names many: Entra ID then answers only for a person. */
export function servesManyTenants({ tenant }: Pick<Connection, 'tenant'>): boolean {
	return (WELL_KNOWN_TENANTS as readonly string[]).includes(tenant.toLowerCase());
}

function isCloudInstance(name: string): name is CloudInstanceName {
	return Object.hasOwn(CLOUD_INSTANCES, name);
}

function enteredOrigin(credential: CredentialData, field: 'loginHost' | 'graphHost'): string {
	const origin = text(credential[field]).replace(/\/$/, '');
	if (!ORIGIN_PATTERN.test(origin)) throw refuse(field, 'customer');
	return origin;
}

function text(value: unknown): string {
	return asText(value)?.trim() ?? '';
}
