import type { Accounts } from './accounts';
import type { Account, Mailbox, Tenant } from './shapes';
import type { Tenants } from './tenants';

const MEGABYTE = 1024 * 1024;

function mailbox(
	owner: Pick<Mailbox, 'address' | 'displayName' | 'tenantId' | 'kind'>,
	rights: Partial<Record<'sendAs' | 'sendOnBehalf' | 'fullAccess', Account[]>> = {},
): Mailbox {
	const names = (accounts: Account[] = []) =>
		new Set(accounts.map((account) => account.userPrincipalName));
	return {
		...owner,
		sendAs: names(rights.sendAs),
		sendOnBehalf: names(rights.sendOnBehalf),
		fullAccess: names(rights.fullAccess),
		messageSizeLimit: 35 * MEGABYTE,
		recipientLimit: 500,
		messagesPerMinute: 30,
		full: false,
	};
}

function personal(account: Account): Mailbox {
	return mailbox({
		address: account.userPrincipalName,
		displayName: account.displayName,
		tenantId: account.tenantId,
		kind: 'personal',
	});
}

function shared(tenant: Tenant, localPart: string, displayName: string, rights = {}): Mailbox {
	return mailbox(
		{ address: `${localPart}@${tenant.domain}`, displayName, tenantId: tenant.id, kind: 'shared' },
		rights,
	);
}

/** Every account but Lynne's has a mailbox; shared mailboxes differ in the rights on them. */
export function createMailboxes(tenants: Tenants, accounts: Accounts) {
	const { adele, megan, diego, unassigned, needsAdministrator, lidia } = accounts;
	return {
		adele: personal(adele),
		megan: personal(megan),
		diego: personal(diego),
		unassigned: personal(unassigned),
		needsAdministrator: personal(needsAdministrator),
		lidia: personal(lidia),
		/** Adele may Send As. */
		hr: shared(tenants.contoso, 'hr', 'Contoso HR', { sendAs: [adele], fullAccess: [adele] }),
		/** Adele may Send on Behalf only. */
		it: shared(tenants.contoso, 'it', 'Contoso IT', { sendOnBehalf: [adele] }),
		/** Nobody may send from it: 403 ErrorSendAsDenied. */
		payroll: shared(tenants.contoso, 'payroll', 'Contoso Payroll'),
	} satisfies Record<string, Mailbox>;
}

export type Mailboxes = Record<keyof ReturnType<typeof createMailboxes>, Mailbox>;
