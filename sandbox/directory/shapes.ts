/** What Entra ID and Exchange Online know: tenants, app registrations, accounts and mailboxes. */

export interface Tenant {
	/** Directory (tenant) ID, a GUID. */
	readonly id: string;
	readonly domain: string;
	readonly name: string;
	/**
	 * Who may consent to an app: "Enterprise applications > Consent and permissions" in the Entra portal.
	 * `microsoftManaged`: everyone, but not to permissions that read mail.
	 */
	userConsent: 'everyone' | 'microsoftManaged' | 'administratorsOnly';
	/** Scopes that an administrator granted for everyone in the tenant, by app ID. */
	readonly administratorConsent: Map<string, Set<string>>;
}

export interface ClientSecret {
	/** The portal's "Secret ID", which people paste by mistake (AADSTS7000215). */
	readonly secretId: string;
	/** The portal's "Value", which is what authenticates. */
	readonly value: string;
	readonly description: string;
	startsAt: Date;
	endsAt: Date;
}

export interface AppCertificate {
	/** PKCS#8 PEM. */
	readonly privateKey: string;
	/** X.509 PEM, self-signed. */
	readonly certificate: string;
	/** SHA-1 of the DER form, base64url: the header `x5t` of a client assertion. */
	readonly x5t: string;
	/** SHA-256 of the DER form, base64url: `x5t#S256`. */
	readonly x5tS256: string;
	readonly startsAt: Date;
	readonly endsAt: Date;
}

export interface Application {
	/** Application (client) ID, a GUID. */
	readonly id: string;
	readonly name: string;
	readonly publisher: string;
	/** The tenant of the registration. */
	readonly homeTenantId: string;
	/** `signInAudience` of the registration. */
	readonly audience: 'AzureADMyOrg' | 'AzureADMultipleOrgs';
	enabled: boolean;
	/** Platform of the redirect URIs; only `web` has a confidential client. */
	platform: 'web' | 'publicClient' | 'spa';
	readonly redirectUris: string[];
	readonly secrets: ClientSecret[];
	readonly certificates: AppCertificate[];
	/** Delegated Graph permissions listed in the registration. */
	readonly permissions: string[];
}

export interface Account {
	/** Object ID, a GUID. */
	readonly id: string;
	/** User principal name, in these fixtures also the mail address. */
	readonly userPrincipalName: string;
	readonly displayName: string;
	readonly jobTitle: string;
	/** What is the matter with it, shown to the person who picks it by hand; Microsoft shows no such thing. */
	readonly remark?: string;
	readonly tenantId: string;
	enabled: boolean;
	/** `false`: the account is not assigned to apps that require it (AADSTS50105). */
	assigned: boolean;
}

export interface Mailbox {
	/** Primary SMTP address; a personal mailbox has its owner's user principal name. */
	readonly address: string;
	readonly displayName: string;
	readonly tenantId: string;
	readonly kind: 'personal' | 'shared';
	/** Who may send so that recipients see only this mailbox, by user principal name. */
	readonly sendAs: Set<string>;
	/** Who may send so that recipients see "X on behalf of Y", by user principal name. */
	readonly sendOnBehalf: Set<string>;
	readonly fullAccess: Set<string>;
	/** Largest message in bytes; Exchange Online's default is 35 MB, an admin may set up to 150 MB. */
	messageSizeLimit: number;
	/** Most recipients in one message; Exchange Online's default is 500. */
	recipientLimit: number;
	/** Messages that are delivered in a minute; more are accepted and delayed. Exchange Online: 30. */
	messagesPerMinute: number;
	/** `true`: the mailbox is full, so that nothing more is taken. */
	full: boolean;
}
