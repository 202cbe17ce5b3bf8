import type { OptionalPermission } from '#node/account/application';

/** With what the app proves who it is. */
export type AppProof =
	| { clientCredentialType: 'clientSecret'; clientSecret: string }
	| { clientCredentialType: 'certificate'; certificate: string; privateKey: string };

/** The tenant and the app, as a designer enters them into the customer-owned credential. */
export interface Tenant {
	cloudInstance: string;
	loginHost: string;
	graphHost: string;
	tenantId: string;
	clientId: string;
	permissions: OptionalPermission[];
	proof: AppProof;
}

export const CREDENTIAL_TYPE = 'customerOutlookOAuth2Api';

/** What is in the credential's dialog. */
export function credentialData({ proof, ...tenant }: Tenant): Record<string, unknown> {
	return { ...tenant, ...proof };
}
