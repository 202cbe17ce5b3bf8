import { createAccounts, type Accounts } from './accounts';
import { createApplications, createCertificates, type Applications } from './applications';
import { createMailboxes, type Mailboxes } from './mailboxes';
import { createTenants, type Tenants } from './tenants';
import type { Account, Application, Mailbox, Tenant } from './shapes';

export type * from './shapes';

/** The fixtures by name, and the look-ups that Entra ID and Exchange Online make in them. */
export interface Directory {
	readonly tenants: Tenants;
	readonly apps: Applications;
	readonly accounts: Accounts;
	readonly mailboxes: Mailboxes;
	/** By GUID or domain. */
	tenant(idOrDomain: string): Tenant | undefined;
	app(clientId: string): Application | undefined;
	/** By user principal name or object ID, ignoring case. */
	account(name: string): Account | undefined;
	mailbox(address: string): Mailbox | undefined;
}

function equal(a: string, b: string): boolean {
	return a.toLowerCase() === b.toLowerCase();
}

// RSA keys take a tenth of a second each; one process needs them once.
let certificates: ReturnType<typeof createCertificates> | undefined;

export async function createDirectory(redirectUris: readonly string[] = []): Promise<Directory> {
	certificates ??= createCertificates();
	const tenants = createTenants();
	const accounts = createAccounts(tenants);
	const mailboxes = createMailboxes(tenants, accounts);
	const apps = createApplications(tenants, await certificates);
	for (const app of Object.values(apps)) app.redirectUris.push(...redirectUris);

	return {
		tenants,
		apps,
		accounts,
		mailboxes,
		tenant: (name) =>
			Object.values(tenants).find(({ id, domain }) => equal(id, name) || equal(domain, name)),
		app: (clientId) => Object.values(apps).find(({ id }) => equal(id, clientId)),
		account: (name) =>
			Object.values(accounts).find(
				({ id, userPrincipalName }) => equal(id, name) || equal(userPrincipalName, name),
			),
		mailbox: (address) =>
			Object.values(mailboxes).find((mailbox) => equal(mailbox.address, address)),
	};
}
