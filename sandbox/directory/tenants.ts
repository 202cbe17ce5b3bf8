import type { Tenant } from './shapes';

function tenant(id: string, domain: string, name: string): Tenant {
	return { id, domain, name, userConsent: 'everyone', administratorConsent: new Map() };
}

export function createTenants() {
	return {
		/** The customer who links accounts of its own. */
		contoso: tenant('11111111-c047-4050-8000-000000000001', 'contoso.example', 'Contoso'),
		/** A second customer of the multi-tenant app. */
		fabrikam: tenant('22222222-fab2-4050-8000-000000000002', 'fabrikam.example', 'Fabrikam'),
		/** A customer with a single-tenant app of its own and nothing else. */
		tailspin: tenant('33333333-7a11-4050-8000-000000000003', 'tailspin.example', 'Tailspin Toys'),
		/** Only administrators may consent here (AADSTS90094). */
		northwind: {
			...tenant('44444444-4047-4050-8000-000000000004', 'northwind.example', 'Northwind Traders'),
			userConsent: 'administratorsOnly' as const,
		},
		/** The home of the service provider's app. */
		roboMq: tenant('55555555-4040-4050-8000-000000000005', 'robomq.example', 'RoboMQ'),
	} satisfies Record<string, Tenant>;
}

export type Tenants = Record<keyof ReturnType<typeof createTenants>, Tenant>;
