import type { IExecuteFunctions } from 'n8n-workflow';
import { AccountRefusal } from '../facts/accountRefusal';
import type { CredentialData } from './connection';

/** The first n8n that signs in with a certificate: n8n pull request 33227. */
const FIRST_VERSION = '2.30';

/**
 * An n8n that knows no certificates leaves the proof out of every sign-in and renewal; a token that
 * it has can still be used until it ends. Such an n8n has no `getSecureEgressFilter` either: of the
 * releases on npm, n8n-core 2.27.3 has neither, and 2.30.0 and all since have both.
 */
export function refuseCertificate(
	{ helpers }: Pick<IExecuteFunctions, 'helpers'>,
	{ clientCredentialType }: CredentialData,
): AccountRefusal | undefined {
	if (clientCredentialType !== 'certificate') return undefined;
	if ((helpers as Partial<typeof helpers>).getSecureEgressFilter) return undefined;
	return new AccountRefusal(
		'certificateNotSupported',
		'This version of n8n cannot sign in with a certificate',
		`Ask your n8n administrator to update n8n to ${FIRST_VERSION} or later, or enter a client secret in the credential and connect the account again. Nothing was sent.`,
	);
}
