import type { Account, Application, Directory } from '../directory';

/** What Microsoft's managed policy leaves to administrators, as far as the sandbox knows scopes. */
const READS_MAIL: ReadonlySet<string> = new Set(['Mail.ReadWrite', 'Mail.Read']);

/** Who agreed to what: by account and app, and by an administrator for a whole tenant. */
export class Consents {
	private readonly given = new Map<string, Set<string>>();

	constructor(private readonly directory: Directory) {}

	/** The scopes among these that nobody has agreed to yet. */
	missing(account: Account, app: Application, scopes: readonly string[]): string[] {
		const own = this.given.get(keyOf(account, app)) ?? new Set<string>();
		const tenant = this.directory.tenant(account.tenantId);
		const everyone = tenant?.administratorConsent.get(app.id) ?? new Set<string>();
		return scopes.filter((scope) => !own.has(scope) && !everyone.has(scope));
	}

	/** Whether only an administrator can add what is missing. @cites managedConsent */
	needsAdministrator(account: Account, missing: readonly string[]): boolean {
		const policy = this.directory.tenant(account.tenantId)?.userConsent;
		if (policy === 'administratorsOnly') return missing.length > 0;
		return policy === 'microsoftManaged' && missing.some((scope) => READS_MAIL.has(scope));
	}

	give(account: Account, app: Application, scopes: readonly string[]): void {
		const key = keyOf(account, app);
		this.given.set(key, new Set([...(this.given.get(key) ?? []), ...scopes]));
	}

	/** As on myapps.microsoft.com: "Revoke permissions". */
	withdraw(account: Account, app: Application): void {
		this.given.delete(keyOf(account, app));
	}
}

function keyOf(account: Account, app: Application): string {
	return `${account.id} ${app.id}`;
}
