/** Who can mend a refused sign-in. */
export type Mender = 'designer' | 'appOwner' | 'entraAdmin' | 'nobody';

export interface AadstsExplanation {
	message: string;
	remedy: string;
	mender: Mender;
}

function row(message: string, mender: Mender, remedy: string): AadstsExplanation {
	return { message, mender, remedy };
}

/**
 * AADSTS numbers of the token endpoint and of the sign-in redirect.
 * https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
export const AADSTS_ERRORS: Readonly<Record<number, AadstsExplanation>> = {
	7000222: row(
		'The client secret of the application has expired',
		'appOwner',
		'Create a new client secret or certificate in the app registration and enter it in the credential.',
	),
	7000215: row(
		'The client secret of the application is not valid',
		'appOwner',
		"Paste the secret's Value into the credential, not its Secret ID.",
	),
	7000218: row(
		'The client secret of the application is missing',
		'appOwner',
		'Enter the client secret in the credential.',
	),
	700016: row(
		'The application was not found in the tenant',
		'appOwner',
		'Check client ID, tenant ID and cloud instance in the credential. An admin may have to install the app in this tenant first.',
	),
	700025: row(
		'The application is registered as a public client',
		'appOwner',
		'Register the redirect URI under the Web platform of the app registration.',
	),
	7000112: row(
		'The application is disabled',
		'entraAdmin',
		'An Entra admin enables the application again.',
	),
	65001: row(
		'Consent to the permissions is missing',
		'designer',
		'Connect the account again and accept the permissions, or have an Entra admin grant consent.',
	),
	65004: row(
		'The permissions were declined',
		'designer',
		'Connect the account again and accept the permissions.',
	),
	90094: row(
		'An admin must grant consent to the permissions',
		'entraAdmin',
		'Ask an Entra admin to grant consent to the application, then connect the account again.',
	),
	90095: row(
		'An admin must approve the request for consent',
		'entraAdmin',
		'Ask an Entra admin to approve the request, then connect the account again.',
	),
	650056: row(
		'The app registration lacks Mail.Send, or consent for it',
		'appOwner',
		'Add the delegated permission Mail.Send under API permissions, grant consent, then connect the account again.',
	),
	50011: row(
		'The redirect URI of this n8n is not registered',
		'appOwner',
		'Register exactly the OAuth Redirect URL that the credential shows, under the Web platform.',
	),
	50194: row(
		'The application belongs to a single tenant',
		'appOwner',
		'Enter the tenant ID in the credential.',
	),
	90002: row(
		'The tenant was not found',
		'appOwner',
		'Check tenant ID and cloud instance in the credential.',
	),
	900023: row(
		'The tenant ID is not valid',
		'appOwner',
		'Enter a GUID or a domain as the tenant ID.',
	),
	90038: row(
		'The tenant lives in another cloud',
		'appOwner',
		"Choose the tenant's national cloud as the cloud instance.",
	),
	50020: row(
		'The account does not belong to this tenant',
		'designer',
		'Sign in with an account of this tenant.',
	),
	50034: row(
		'The account does not exist in this tenant',
		'designer',
		'Sign in with an account of this tenant.',
	),
	90072: row(
		'The account does not belong to this tenant',
		'designer',
		'Sign in with an account of this tenant.',
	),
	50057: row(
		'The linked account is disabled',
		'entraAdmin',
		'An Entra admin enables the account again, or you connect another sender.',
	),
	50076: row(
		'Multi-factor sign-in is required',
		'designer',
		'Connect the account again and complete multi-factor sign-in.',
	),
	50078: row(
		'Multi-factor sign-in has expired',
		'designer',
		'Connect the account again and complete multi-factor sign-in.',
	),
	50079: row(
		'Multi-factor sign-in is not set up for the account',
		'designer',
		'Register multi-factor sign-in for the account, then connect it again.',
	),
	50105: row(
		'The account is not assigned to the application',
		'entraAdmin',
		'An Entra admin assigns the account to the application.',
	),
	53003: row(
		'Conditional Access blocked the sign-in',
		'entraAdmin',
		'An Entra admin reviews the Conditional Access policy for this application.',
	),
	530032: row(
		'A security policy blocked the sign-in',
		'entraAdmin',
		'An Entra admin reviews the Conditional Access policy for this application.',
	),
	53000: row(
		'The device does not comply with the policy of the tenant',
		'designer',
		'Connect the account again from a compliant device.',
	),
	70008: row(
		'The connection was unused for too long',
		'designer',
		'Open the credential and connect the account again.',
	),
	700082: row(
		'The connection was unused for too long',
		'designer',
		'Open the credential and connect the account again.',
	),
	70043: row(
		'The sign-in frequency policy ended the connection',
		'designer',
		'Connect the account again, or ask an Entra admin for an exception from the policy.',
	),
	50173: row(
		'The password was changed or access was revoked',
		'designer',
		'Open the credential and connect the account again.',
	),
	50133: row(
		'The password was changed or access was revoked',
		'designer',
		'Open the credential and connect the account again.',
	),
	70000: row(
		'The connection is no longer valid',
		'designer',
		'Open the credential and connect the account again.',
	),
	700084: row(
		'The redirect URI is registered as a single-page app',
		'appOwner',
		'Register the redirect URI under the Web platform, then connect the account again.',
	),
	54005: row('The sign-in was completed twice', 'designer', 'Start again with Connect my account.'),
	90033: row('Microsoft cannot sign anyone in at the moment', 'nobody', 'Try again later.'),
	90006: row('Microsoft cannot sign anyone in at the moment', 'nobody', 'Try again later.'),
};
