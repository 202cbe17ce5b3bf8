import type { Application, Directory, Tenant } from '../directory';
import { Refusal } from './refusal';

export type WellKnownTenant = 'common' | 'organizations' | 'consumers';

export type TenantPath =
	| { readonly kind: 'wellKnown'; readonly word: WellKnownTenant }
	| { readonly kind: 'tenant'; readonly tenant: Tenant };

/** What is neither is AADSTS900023. @cites tenantIdForm */
const WELL_KNOWN: readonly string[] = ['common', 'organizations', 'consumers'];
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DOMAIN = /^(?=.{3,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/i;

/** The first segment of the path: a GUID, a domain or a well-known word. */
export function parseTenant(segment: string, directory: Directory): TenantPath {
	const word = segment.toLowerCase();
	if (WELL_KNOWN.includes(word)) return { kind: 'wellKnown', word: word as WellKnownTenant };
	if (!GUID.test(segment) && !DOMAIN.test(segment)) throw new Refusal(900023, { tenant: segment });
	const tenant = directory.tenant(segment);
	if (tenant === undefined) throw new Refusal(90002, { tenant: segment });
	return { kind: 'tenant', tenant };
}

/** The app that the client ID names, if it may be used through this path. */
export function findApp(clientId: string, path: TenantPath, directory: Directory): Application {
	const app = directory.app(clientId);
	const tenant = path.kind === 'tenant' ? path.tenant.name : path.word;
	if (app === undefined) throw new Refusal(700016, { app: clientId, tenant });
	const multiTenant = app.audience === 'AzureADMultipleOrgs';
	if (path.kind === 'wellKnown' && !multiTenant) {
		throw new Refusal(50194, { app: app.id, name: app.name });
	}
	// Neither kind of app in the fixtures takes personal accounts.
	const foreign = path.kind === 'tenant' && !multiTenant && app.homeTenantId !== path.tenant.id;
	if (foreign || (path.kind === 'wellKnown' && path.word === 'consumers')) {
		throw new Refusal(700016, { app: app.id, tenant });
	}
	if (!app.enabled) throw new Refusal(7000112, { app: app.id, name: app.name });
	return app;
}
