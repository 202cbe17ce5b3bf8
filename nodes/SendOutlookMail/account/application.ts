import type { KnownSecrets } from '../facts/knownSecrets';

/** Whose application signs in: RoboMQ's, or one that the customer registered. */
export type Application = 'roboMq' | 'customer';

/** The credential type of each application. */
export const CREDENTIAL_TYPES: Readonly<Record<Application, string>> = {
	roboMq: 'roboMqOutlookOAuth2Api',
	customer: 'customerOutlookOAuth2Api',
};

/** Which application is concerned, and through which credential: they decide who can fix it. */
export interface LinkedApp {
	application: Application;
	/** As the designer named it in n8n. */
	credentialName?: string | undefined;
	/** What must not be repeated in an explanation. */
	secrets?: KnownSecrets | undefined;
}

/** A credential's data as n8n hands it to the node; every field may be missing. */
export type CredentialData = Readonly<Record<string, unknown>>;
