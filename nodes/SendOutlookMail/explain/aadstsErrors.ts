/** The person who can fix a refused sign-in. */
export type Actor = 'designer' | 'appOwner' | 'entraAdmin' | 'n8nAdmin' | 'nobody';

interface AadstsExplanation {
	message: string;
	remedy: string;
	/** `nobody`: Microsoft's own trouble; the node tries again by itself. */
	whoActs: Actor;
	/** For the RoboMQ application: its operator acts, not the customer's admin. */
	operatorRemedy?: string;
}

type Rows = Record<number, AadstsExplanation>;

function rows(
	codes: readonly number[],
	message: string,
	whoActs: Exclude<Actor, 'appOwner'>,
	remedy: string,
): Rows {
	return Object.fromEntries(codes.map((code) => [code, { message, whoActs, remedy }]));
}

/** The app itself is at fault, so the person who acts depends on whose app it is. */
function appRows(
	codes: readonly number[],
	message: string,
	remedy: string,
	operatorRemedy: string,
): Rows {
	const row = { message, whoActs: 'appOwner', remedy, operatorRemedy } as const;
	return Object.fromEntries(codes.map((code) => [code, row]));
}

const CONNECT_AGAIN = 'Open the credential and connect the account again.';
const NOTHING_TO_CHANGE = 'Nothing has to be changed in your credential.';

/**
 * AADSTS numbers of the token endpoint and of the sign-in redirect.
 * https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
export const AADSTS_ERRORS: Readonly<Rows> = {
	// The application
	...appRows(
		[7000222],
		'The client secret of the application has expired',
		'Create a new client secret or certificate in the app registration and enter it in the credential.',
		`The client secret of the RoboMQ application has expired: RoboMQ's operator creates a new one and enters it in n8n's credential overwrites. ${NOTHING_TO_CHANGE}`,
	),
	...appRows(
		[7000215],
		'The client secret of the application is not valid',
		"Paste the secret's Value into the credential, not its Secret ID.",
		`RoboMQ's operator enters the secret's Value (not its Secret ID) in n8n's credential overwrites. ${NOTHING_TO_CHANGE}`,
	),
	...appRows(
		[7000218],
		'The client secret of the application is missing',
		'Enter the client secret in the credential.',
		`RoboMQ's operator enters the client secret in n8n's credential overwrites. ${NOTHING_TO_CHANGE}`,
	),
	...appRows(
		[700016, 700011],
		'The application was not found in the tenant',
		'Check client ID, tenant ID and cloud instance in the credential. An admin may have to install the app in this tenant first.',
		"RoboMQ's operator checks client ID, tenant and cloud in n8n's credential overwrites. If they are right, an Entra admin installs the RoboMQ application in your tenant.",
	),
	...appRows(
		[700025],
		'The application is registered as a public client',
		'Register the redirect URI under the Web platform of the app registration.',
		"RoboMQ's operator registers the redirect URI under the Web platform of the app registration.",
	),
	// 9002327 is what redeeming a code on a server gets at once; the others belong to the same platform.
	...appRows(
		[9002327, 9002326, 9002325],
		'The redirect URI is registered as a single-page app',
		'Remove the redirect URI from the single-page application platform of the app registration, register it under the Web platform, then connect the account again.',
		"RoboMQ's operator registers the redirect URI under the Web platform of the app registration; then connect the account again.",
	),
	...appRows(
		[7000112],
		'The application is disabled',
		'An Entra admin enables the application again, under Enterprise applications > Properties.',
		"An Entra admin enables the RoboMQ application under Enterprise applications > Properties. If it is enabled there, RoboMQ's operator enables the app registration again.",
	),
	...appRows(
		[700027, 700030],
		'The certificate is not registered with the application',
		'Upload the certificate under Certificates & secrets of the app registration, and enter the same certificate and its private key in the credential.',
		`RoboMQ's operator uploads the certificate to the app registration. ${NOTHING_TO_CHANGE}`,
	),
	...appRows(
		[50011],
		'The redirect URI of this n8n is not registered',
		'Register exactly the OAuth Redirect URL that the credential shows, under the Web platform.',
		"RoboMQ's operator registers this n8n's OAuth callback URL under the Web platform of the app registration.",
	),
	...appRows(
		[650056, 65005, 650057],
		'The app registration lacks Mail.Send, or consent for it',
		'Add the delegated permission Mail.Send of Microsoft Graph under API permissions, grant consent, then connect the account again.',
		"RoboMQ's operator adds the delegated permission Mail.Send to the app registration; then connect the account again.",
	),
	...appRows(
		[650053, 70011],
		'A permission that the application asks for does not exist',
		'Check the cloud instance in the credential. If it is right, report it to the makers of the node with the trace ID.',
		"RoboMQ's operator checks the URLs in n8n's credential overwrites. If they are right, report it to the makers of the node with the trace ID.",
	),
	...rows(
		[700024],
		'Entra ID does not accept the time in the signed proof of the application',
		'n8nAdmin',
		'Ask your n8n administrator to set the clock of the machine that runs n8n; it must agree with the real time.',
	),
	...rows(
		[9002313],
		'Entra ID did not understand the request',
		'designer',
		'Connect the account again. If that does not help, report it to the makers of the node with the trace ID.',
	),

	// The tenant and the cloud
	...appRows(
		[50194],
		'The application belongs to a single tenant',
		'Enter the tenant ID in the credential.',
		"RoboMQ's operator makes the app registration multi-tenant, or enters a tenant ID in n8n's credential overwrites.",
	),
	...appRows(
		[90002],
		'The tenant was not found',
		'Check tenant ID and cloud instance in the credential.',
		"RoboMQ's operator checks tenant ID and cloud in n8n's credential overwrites.",
	),
	...appRows(
		[900023],
		'The tenant ID is not valid',
		'Enter a GUID or a domain as the tenant ID.',
		"RoboMQ's operator enters a GUID or a domain as the tenant ID in n8n's credential overwrites.",
	),
	...appRows(
		[90038, 900382, 900432],
		'The tenant is in another cloud',
		"Choose the tenant's national cloud as the cloud instance; the application must be registered there, too.",
		"RoboMQ's operator provides the application for your tenant's national cloud.",
	),
	...rows(
		[500011, 650052],
		'Microsoft Graph is not available in the tenant',
		'entraAdmin',
		'An Entra admin checks that this is the right tenant, that it has Microsoft 365, and that Microsoft Graph is enabled under Enterprise applications.',
	),
	...rows(
		[500021, 500022],
		'The network allows sign-in to certain tenants only, and not to this one',
		'n8nAdmin',
		'Ask your n8n administrator to have this tenant added to the tenant restrictions of the network (the header Restrict-Access-To-Tenants that its proxy sets).',
	),
	...rows(
		[500212],
		"The account's own tenant does not allow access to this tenant",
		'entraAdmin',
		"An Entra admin of the account's own tenant allows this tenant and the application in the outbound access settings.",
	),
	...rows(
		[500213],
		'The tenant does not allow access to accounts of other tenants',
		'entraAdmin',
		'An Entra admin of this tenant allows the account in the inbound access settings, or you connect an account of this tenant.',
	),

	// Consent
	...rows(
		[65001],
		'Consent to the permissions is missing',
		'designer',
		'Connect the account again and accept the permissions, or have an Entra admin grant consent.',
	),
	...rows(
		[65004],
		'The permissions were declined',
		'designer',
		'Connect the account again and accept the permissions.',
	),
	...rows(
		[90094, 90093],
		'An admin must grant consent to the permissions',
		'entraAdmin',
		"Ask an Entra admin to grant consent to the application, then connect the account again. Microsoft's default policies require that for Mail.ReadWrite and for applications of an unverified publisher.",
	),
	...rows(
		[90095],
		'An admin must approve the request for consent',
		'entraAdmin',
		'Ask an Entra admin to approve the request, then connect the account again.',
	),
	...rows(
		[90099],
		'The application is not authorized in the tenant',
		'entraAdmin',
		'An Entra admin of the tenant grants consent to the application; partners can use it only after that. Then connect the account again.',
	),
	...rows(
		[50105],
		'The account is not assigned to the application',
		'entraAdmin',
		'An Entra admin assigns the account to the application under Enterprise applications > Users and groups. While assignment is required there, an admin must also have granted consent.',
	),

	// The account
	...rows(
		[50020, 50034, 90072, 16000, 50014, 51004],
		'The account does not belong to this tenant',
		'designer',
		'Sign in with an account of this tenant. An Entra admin has to invite a guest first.',
	),
	...rows(
		[500208],
		'The tenant does not accept this kind of account',
		'designer',
		'Sign in with a work or school account of this tenant instead of a personal Microsoft account.',
	),
	...rows(
		[50057],
		'The linked account is disabled',
		'entraAdmin',
		'An Entra admin enables the account again, or you connect another sender.',
	),
	...rows(
		[50053],
		'The account is locked, or its sign-in came from a blocked network address',
		'entraAdmin',
		'An Entra admin looks for AADSTS50053 in the sign-in log, and unlocks the account or allows the address. Then connect the account again.',
	),
	...rows(
		[50055, 50144],
		'The password of the account has expired',
		'designer',
		'Sign in to the account in a browser and change its password, or have an admin reset it. Then connect the account again.',
	),

	// Further sign-in steps, devices, risk
	...rows(
		[50076, 50074, 50158],
		'A further sign-in step is required, such as multi-factor sign-in',
		'designer',
		'Connect the account again and complete multi-factor sign-in or the other step that is asked for.',
	),
	...rows(
		[50078],
		'Multi-factor sign-in has expired',
		'designer',
		'Connect the account again and complete multi-factor sign-in.',
	),
	...rows(
		[50079, 50072],
		'Multi-factor sign-in is not set up for the account',
		'designer',
		'Register multi-factor sign-in for the account, then connect it again.',
	),
	...rows(
		[53004],
		'Multi-factor sign-in has to be set up, and the sign-in is too risky for it',
		'designer',
		'Register multi-factor sign-in for the account from a known device and network, then connect it again.',
	),
	...rows(
		[53003],
		'Conditional Access blocked the sign-in',
		'entraAdmin',
		'An Entra admin reviews the Conditional Access policy for this application.',
	),
	...rows(
		[530032],
		'A security policy blocked the sign-in',
		'entraAdmin',
		'An Entra admin reviews the Conditional Access policy for this application.',
	),
	...rows(
		[530035],
		'The security defaults of the tenant blocked the sign-in',
		'entraAdmin',
		'An Entra admin reviews the security defaults of the tenant. Then connect the account again.',
	),
	...rows(
		[50131, 53011, 530034],
		'The sign-in was blocked because of a risk',
		'entraAdmin',
		'An Entra admin reviews the sign-in log and the risk of the account, and unblocks it. Then connect the account again.',
	),
	...rows(
		[53002],
		'Conditional Access allows approved apps only',
		'entraAdmin',
		'An Entra admin excludes this application from the Conditional Access policy that requires an approved app.',
	),
	...rows(
		[53000],
		'The device does not comply with the policy of the tenant',
		'designer',
		'Connect the account again from a compliant device.',
	),
	...rows(
		[53001],
		'Conditional Access requires a domain-joined device',
		'designer',
		'Connect the account again from a domain-joined device, or ask an Entra admin for an exception for this application.',
	),
	...rows(
		[50097, 50129, 50155],
		'Conditional Access requires a registered device',
		'designer',
		'Connect the account again from a device that is registered with the tenant, or ask an Entra admin for an exception for this application.',
	),

	// The connection
	...rows([70008, 700082], 'The connection was unused for too long', 'designer', CONNECT_AGAIN),
	...rows(
		[70043],
		'The sign-in frequency policy ended the connection',
		'designer',
		'Connect the account again, or ask an Entra admin for an exception from the policy.',
	),
	...rows(
		[50173, 50133, 50132],
		'The password was changed or access was revoked',
		'designer',
		CONNECT_AGAIN,
	),
	...rows([70000], 'The connection is no longer valid', 'designer', CONNECT_AGAIN),
	...rows([50089], 'The sign-in has expired', 'designer', CONNECT_AGAIN),
	...rows([54005], 'The sign-in was completed twice', 'designer', CONNECT_AGAIN),
	...rows(
		[50196],
		'Entra ID stopped too many requests for the same token',
		'n8nAdmin',
		'Wait ten minutes, then connect the account again. If it happens again, ask your n8n administrator which workflows or which other n8n use the same account all the time.',
	),

	// Microsoft's own trouble: the node tries again by itself
	...rows(
		[90033, 90006, 90012, 90024, 90055, 90090, 50033, 50087, 70012, 40010],
		'Microsoft cannot renew the connection at the moment',
		'nobody',
		'Run the workflow again later. The email was not sent.',
	),
};
