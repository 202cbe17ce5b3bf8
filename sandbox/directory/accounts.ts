import type { Account, Tenant } from './shapes';
import type { Tenants } from './tenants';

function account(number: number, tenant: Tenant, name: string, jobTitle: string): Account {
	const localPart = name.toLowerCase().replaceAll(' ', '.');
	return {
		id: `aaaaaaaa-0000-4000-8000-${String(number).padStart(12, '0')}`,
		userPrincipalName: `${localPart}@${tenant.domain}`,
		displayName: name,
		jobTitle,
		tenantId: tenant.id,
		enabled: true,
		assigned: true,
	};
}

export function createAccounts({ contoso, fabrikam, tailspin, northwind }: Tenants) {
	return {
		/** Licensed; sends the welcome mails. May Send As hr@ and Send on Behalf of it@. */
		adele: account(1, contoso, 'Adele Vance', 'HR Manager'),
		/** Licensed; the second sender. Holds no right on any shared mailbox. */
		megan: account(2, contoso, 'Megan Bowen', 'IT Manager'),
		/** Licensed, in the second tenant. */
		diego: account(3, fabrikam, 'Diego Siciliani', 'People Partner'),
		/** No Exchange Online licence: 404 MailboxNotEnabledForRESTAPI. */
		lynne: { ...account(4, contoso, 'Lynne Robbins', 'Planner'), remark: 'has no mailbox' },
		/** AADSTS50057. */
		disabled: {
			...account(5, contoso, 'Henrietta Mueller', 'Developer'),
			enabled: false,
			remark: 'is disabled',
		},
		/** AADSTS50105. */
		unassigned: {
			...account(6, contoso, 'Grady Archie', 'Designer'),
			assigned: false,
			remark: 'is not assigned to the app',
		},
		/** AADSTS90094: the tenant leaves consent to its administrators. */
		needsAdministrator: {
			...account(7, northwind, 'Nestor Wilke', 'Director'),
			remark: 'needs admin approval',
		},
		/** The tenant whose app is single-tenant. */
		lidia: account(8, tailspin, 'Lidia Holloway', 'Product Manager'),
	} satisfies Record<string, Account>;
}

export type Accounts = Record<keyof ReturnType<typeof createAccounts>, Account>;
