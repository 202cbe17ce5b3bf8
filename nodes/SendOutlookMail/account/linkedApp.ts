import type { KnownSecrets } from '../facts/knownSecrets';

/** Whose application is concerned, and through which credential: they decide who can mend it. */
export interface LinkedApp {
	owner: 'roboMq' | 'customer';
	/** As the designer named it in n8n. */
	credentialName?: string | undefined;
	/** What must not be repeated in an explanation. */
	secrets?: KnownSecrets | undefined;
}
