import { AccountRefusal } from '../facts/accountRefusal';
import type { Application } from './application';
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

/** A credential's data as n8n hands it to the node; every field may be missing. */
export type CredentialData = Readonly<Record<string, unknown>>;

export interface Connection {
	cloudInstance: CloudInstanceName | typeof CUSTOM_CLOUD_INSTANCE;
	/** GUID, domain, or one of the words that stand for many tenants. */
	tenant: string;
	loginOrigin: string;
	/** The only host to which this connection's token may travel. */
	graphOrigin: string;
	clientId: string;
}

/** The refusal of one field of a credential, in the words of the table of rules. */
function refuse(field: ConnectionField, application: Application): AccountRefusal {
	const { cause, remedy, ...rule } = CONNECTION_REFUSALS[field];
	const operatorRemedy = 'operatorRemedy' in rule ? rule.operatorRemedy : remedy;
	return new AccountRefusal(
		'invalidCredential',
		cause,
		application === 'roboMq' ? operatorRemedy : remedy,
	);
}

/**
 * Reads where a credential points. Uses the fields that the owner entered rather than URLs stored
 * beside them, so that no stored URL can send a token elsewhere.
 *
 * @throws {AccountRefusal} naming the field that breaks a rule
 */
export function readConnection(credential: CredentialData, application: Application): Connection {
	const cloudInstance = text(credential.cloudInstance) || DEFAULT_CLOUD_INSTANCE;
	const tenant = text(credential.tenantId) || DEFAULT_TENANT;
	if (!TENANT_PATTERN.test(tenant)) throw refuse('tenantId', application);
	const clientId = text(credential.clientId);
	if (!clientId) throw refuse(application === 'roboMq' ? 'provisioning' : 'clientId', application);
	if (cloudInstance === CUSTOM_CLOUD_INSTANCE) {
		return {
			cloudInstance,
			tenant,
			clientId,
			loginOrigin: enteredOrigin(credential, 'loginHost', application),
			graphOrigin: enteredOrigin(credential, 'graphHost', application),
		};
	}
	if (!isCloudInstance(cloudInstance)) throw refuse('cloudInstance', application);
	const { loginOrigin, graphOrigin } = CLOUD_INSTANCES[cloudInstance];
	return { cloudInstance, tenant, clientId, loginOrigin, graphOrigin };
}

/** Whether the tenant is a word that stands for many: Entra ID then answers only for a person. */
export function servesManyTenants({ tenant }: Pick<Connection, 'tenant'>): boolean {
	return (WELL_KNOWN_TENANTS as readonly string[]).includes(tenant.toLowerCase());
}

function isCloudInstance(name: string): name is CloudInstanceName {
	return Object.hasOwn(CLOUD_INSTANCES, name);
}

function enteredOrigin(
	credential: CredentialData,
	field: 'loginHost' | 'graphHost',
	application: Application,
): string {
	const origin = text(credential[field]).replace(/\/$/, '');
	if (!ORIGIN_PATTERN.test(origin)) throw refuse(field, application);
	return origin;
}

function text(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}
