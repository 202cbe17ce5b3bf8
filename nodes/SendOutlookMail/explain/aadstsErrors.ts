/** Who can mend a refused sign-in. */
export type Mender = 'designer' | 'appOwner' | 'entraAdmin' | 'n8nAdmin' | 'nobody';

export interface AadstsExplanation {
	message: string;
	remedy: string;
	mender: Mender;
	/** Where the app is RoboMQ's, its operator mends it, not the customer's admin. */
	operatorRemedy?: string;
}

function row(
	message: string,
	mender: Exclude<Mender, 'appOwner'>,
	remedy: string,
): AadstsExplanation {
	return { message, mender, remedy };
}

/** The app itself is at fault, so who mends it depends on whose app it is. */
function ownerRow(message: string, remedy: string, operatorRemedy: string): AadstsExplanation {
	return { message, mender: 'appOwner', remedy, operatorRemedy };
}

/**
 * AADSTS numbers of the token endpoint and of the sign-in redirect.
 * https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
export const AADSTS_ERRORS: Readonly<Record<number, AadstsExplanation>> = {
	7000222: ownerRow(
		'The client secret of the application has expired',
		'Create a new client secret or certificate in the app registration and enter it in the credential.',
		"The client secret of the RoboMQ application has expired: RoboMQ's operator creates a new one and enters it in n8n's credential overwrites. Nothing has to be changed in your credential.",
	),
	7000215: ownerRow(
		'The client secret of the application is not valid',
		"Paste the secret's Value into the credential, not its Secret ID.",
		"RoboMQ's operator enters the secret's Value (not its Secret ID) in n8n's credential overwrites. Nothing has to be changed in your credential.",
	),
	7000218: ownerRow(
		'The client secret of the application is missing',
		'Enter the client secret in the credential.',
		"RoboMQ's operator enters the client secret in n8n's credential overwrites. Nothing has to be changed in your credential.",
	),
	700016: ownerRow(
		'The application was not found in the tenant',
		'Check client ID, tenant ID and cloud instance in the credential. An admin may have to install the app in this tenant first.',
		"RoboMQ's operator checks client ID, tenant and cloud instance in n8n's credential overwrites. If they are right, an Entra admin installs the RoboMQ application in your tenant.",
	),
	700025: ownerRow(
		'The application is registered as a public client',
		'Register the redirect URI under the Web platform of the app registration.',
		"RoboMQ's operator registers the redirect URI under the Web platform of the app registration.",
	),
	7000112: ownerRow(
		'The application is disabled',
		'An Entra admin enables the application again, under Enterprise applications > Properties.',
		"An Entra admin enables the RoboMQ application under Enterprise applications > Properties. If it is enabled there, RoboMQ's operator enables the app registration again.",
	),
	700027: ownerRow(
		'The certificate is not registered with the application',
		'Upload the certificate under Certificates & secrets of the app registration, and enter the same certificate and its private key in the credential.',
		"RoboMQ's operator uploads the certificate to the app registration. Nothing has to be changed in your credential.",
	),
	700024: row(
		'Entra ID does not accept the time in the signed proof of the application',
		'n8nAdmin',
		'Ask your n8n administrator to set the clock of the machine that runs n8n; it must agree with the real time.',
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
	650056: ownerRow(
		'The app registration lacks Mail.Send, or consent for it',
		'Add the delegated permission Mail.Send under API permissions, grant consent, then connect the account again.',
		"RoboMQ's operator adds the delegated permission Mail.Send to the app registration; then connect the account again.",
	),
	50011: ownerRow(
		'The redirect URI of this n8n is not registered',
		'Register exactly the OAuth Redirect URL that the credential shows, under the Web platform.',
		"RoboMQ's operator registers this n8n's OAuth callback URL under the Web platform of the app registration.",
	),
	50194: ownerRow(
		'The application belongs to a single tenant',
		'Enter the tenant ID in the credential.',
		"RoboMQ's operator makes the app registration multi-tenant, or enters a tenant ID in n8n's credential overwrites.",
	),
	90002: ownerRow(
		'The tenant was not found',
		'Check tenant ID and cloud instance in the credential.',
		"RoboMQ's operator checks tenant ID and cloud instance in n8n's credential overwrites.",
	),
	900023: ownerRow(
		'The tenant ID is not valid',
		'Enter a GUID or a domain as the tenant ID.',
		"RoboMQ's operator enters a GUID or a domain as the tenant ID in n8n's credential overwrites.",
	),
	90038: ownerRow(
		'The tenant lives in another cloud',
		"Choose the tenant's national cloud as the cloud instance.",
		"RoboMQ's operator provides the application for your tenant's national cloud.",
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
	700084: ownerRow(
		'The redirect URI is registered as a single-page app',
		'Register the redirect URI under the Web platform, then connect the account again.',
		"RoboMQ's operator registers the redirect URI under the Web platform; then connect the account again.",
	),
	54005: row(
		'The sign-in was completed twice',
		'designer',
		'Open the credential and connect the account again.',
	),
	90033: row(
		'Microsoft cannot renew the connection at the moment',
		'nobody',
		'Run the workflow again later. The mail was not sent.',
	),
	90006: row(
		'Microsoft cannot renew the connection at the moment',
		'nobody',
		'Run the workflow again later. The mail was not sent.',
	),
};
