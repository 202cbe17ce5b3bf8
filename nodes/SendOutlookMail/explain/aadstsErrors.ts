import { byCode, say, type Explanation } from './explanation';

/** The person who can fix a refused sign-in. */
export type Actor = 'designer' | 'appOwner' | 'entraAdmin' | 'n8nAdmin' | 'nobody';

interface AadstsExplanation extends Explanation {
	/** `nobody`: Microsoft's own trouble; the node tries again by itself. */
	whoActs: Actor;
}

const sayTo =
	(whoActs: Actor) =>
	(...words: Parameters<typeof say>): AadstsExplanation => ({ whoActs, ...say(...words) });

const designer = sayTo('designer');
const entraAdmin = sayTo('entraAdmin');
const n8nAdmin = sayTo('n8nAdmin');
const nobody = sayTo('nobody');
/** The app itself is at fault, so the person who acts depends on whose app it is. */
const appOwner = sayTo('appOwner');

const CONNECT_AGAIN = 'Open the credential and connect the account again.';
const NOTHING_TO_CHANGE = 'Nothing has to be changed in your credential.';

/**
 * AADSTS numbers of the token endpoint and of the sign-in redirect.
 * https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
export const AADSTS_ERRORS = byCode({
	// The application
	7000222: appOwner(
		'The client secret of the application has expired',
		'Create a new client secret or certificate in the app registration and enter it in the credential.',
		`The client secret of the RoboMQ application has expired: RoboMQ's operator creates a new one and enters it in n8n's credential overwrites. ${NOTHING_TO_CHANGE}`,
	),
	7000215: appOwner(
		'The client secret of the application is not valid',
		"Paste the secret's Value into the credential, not its Secret ID.",
		`RoboMQ's operator enters the secret's Value (not its Secret ID) in n8n's credential overwrites. ${NOTHING_TO_CHANGE}`,
	),
	7000218: appOwner(
		'The client secret of the application is missing',
		'Enter the client secret in the credential.',
		`RoboMQ's operator enters the client secret in n8n's credential overwrites. ${NOTHING_TO_CHANGE}`,
	),
	'700016 700011': appOwner(
		'The application was not found in the tenant',
		'Check client ID, tenant ID and cloud instance in the credential. An admin may have to install the app in this tenant first.',
		"RoboMQ's operator checks client ID, tenant and cloud in n8n's credential overwrites. If they are right, an Entra admin installs the RoboMQ application in your tenant.",
	),
	700025: appOwner(
		'The application is registered as a public client',
		'Register the redirect URI under the Web platform of the app registration.',
		"RoboMQ's operator registers the redirect URI under the Web platform of the app registration.",
	),
	// 9002327 is what redeeming a code on a server gets at once; the others belong to the same platform.
	'9002327 9002326 9002325': appOwner(
		'The redirect URI is registered as a single-page app',
		'Remove the redirect URI from the single-page application platform of the app registration, register it under the Web platform, then connect the account again.',
		"RoboMQ's operator registers the redirect URI under the Web platform of the app registration; then connect the account again.",
	),
	7000112: appOwner(
		'The application is disabled',
		'An Entra admin enables the application again, under Enterprise applications > Properties.',
		"An Entra admin enables the RoboMQ application under Enterprise applications > Properties. If it is enabled there, RoboMQ's operator enables the app registration again.",
	),
	'700027 700030': appOwner(
		'The certificate is not registered with the application',
		'Upload the certificate under Certificates & secrets of the app registration, and enter the same certificate and its private key in the credential.',
		`RoboMQ's operator uploads the certificate to the app registration. ${NOTHING_TO_CHANGE}`,
	),
	50011: appOwner(
		'The redirect URI of this n8n is not registered',
		'Register exactly the OAuth Redirect URL that the credential shows, under the Web platform.',
		"RoboMQ's operator registers this n8n's OAuth callback URL under the Web platform of the app registration.",
	),
	'650056 65005 650057': appOwner(
		'The app registration lacks Mail.Send, or consent for it',
		'Add the delegated permission Mail.Send of Microsoft Graph under API permissions, grant consent, then connect the account again.',
		"RoboMQ's operator adds the delegated permission Mail.Send to the app registration; then connect the account again.",
	),
	'650053 70011': appOwner(
		'A permission that the application asks for does not exist',
		'Check the cloud instance in the credential. If it is right, report it to the makers of the node with the trace ID.',
		"RoboMQ's operator checks the URLs in n8n's credential overwrites. If they are right, report it to the makers of the node with the trace ID.",
	),
	700024: n8nAdmin(
		'Entra ID does not accept the time in the signed proof of the application',
		'Ask your n8n administrator to set the clock of the machine that runs n8n; it must agree with the real time.',
	),
	9002313: designer(
		'Entra ID did not understand the request',
		'Connect the account again. If that does not help, report it to the makers of the node with the trace ID.',
	),

	// The tenant and the cloud
	50194: appOwner(
		'The application belongs to a single tenant',
		'Enter the tenant ID in the credential.',
		"RoboMQ's operator makes the app registration multi-tenant, or enters a tenant ID in n8n's credential overwrites.",
	),
	90002: appOwner(
		'The tenant was not found',
		'Check tenant ID and cloud instance in the credential.',
		"RoboMQ's operator checks tenant ID and cloud in n8n's credential overwrites.",
	),
	900023: appOwner(
		'The tenant ID is not valid',
		'Enter a GUID or a domain as the tenant ID.',
		"RoboMQ's operator enters a GUID or a domain as the tenant ID in n8n's credential overwrites.",
	),
	'90038 900382 900432': appOwner(
		'The tenant is in another cloud',
		"Choose the tenant's national cloud as the cloud instance; the application must be registered there, too.",
		"RoboMQ's operator provides the application for your tenant's national cloud.",
	),
	'500011 650052': entraAdmin(
		'Microsoft Graph is not available in the tenant',
		'An Entra admin checks that this is the right tenant, that it has Microsoft 365, and that Microsoft Graph is enabled under Enterprise applications.',
	),
	'500021 500022': n8nAdmin(
		'The network allows sign-in to certain tenants only, and not to this one',
		'Ask your n8n administrator to have this tenant added to the tenant restrictions of the network (the header Restrict-Access-To-Tenants that its proxy sets).',
	),
	500212: entraAdmin(
		"The account's own tenant does not allow access to this tenant",
		"An Entra admin of the account's own tenant allows this tenant and the application in the outbound access settings.",
	),
	500213: entraAdmin(
		'The tenant does not allow access to accounts of other tenants',
		'An Entra admin of this tenant allows the account in the inbound access settings, or you connect an account of this tenant.',
	),

	// Consent
	65001: designer(
		'Consent to the permissions is missing',
		'Connect the account again and accept the permissions, or have an Entra admin grant consent.',
	),
	65004: designer(
		'The permissions were declined',
		'Connect the account again and accept the permissions.',
	),
	'90094 90093': entraAdmin(
		'An admin must grant consent to the permissions',
		"Ask an Entra admin to grant consent to the application, then connect the account again. Microsoft's default policies require that for Mail.ReadWrite and for applications of an unverified publisher.",
	),
	90095: entraAdmin(
		'An admin must approve the request for consent',
		'Ask an Entra admin to approve the request, then connect the account again.',
	),
	90099: entraAdmin(
		'The application is not authorized in the tenant',
		'An Entra admin of the tenant grants consent to the application; partners can use it only after that. Then connect the account again.',
	),
	50105: entraAdmin(
		'The account is not assigned to the application',
		'An Entra admin assigns the account to the application under Enterprise applications > Users and groups. While assignment is required there, an admin must also have granted consent.',
	),

	// The account
	'50020 50034 90072 16000 50014 51004': designer(
		'The account does not belong to this tenant',
		'Sign in with an account of this tenant. An Entra admin has to invite a guest first.',
	),
	500208: designer(
		'The tenant does not accept this kind of account',
		'Sign in with a work or school account of this tenant instead of a personal Microsoft account.',
	),
	50057: entraAdmin(
		'The linked account is disabled',
		'An Entra admin enables the account again, or you connect another sender.',
	),
	50053: entraAdmin(
		'The account is locked, or its sign-in came from a blocked network address',
		'An Entra admin looks for AADSTS50053 in the sign-in log, and unlocks the account or allows the address. Then connect the account again.',
	),
	'50055 50144': designer(
		'The password of the account has expired',
		'Sign in to the account in a browser and change its password, or have an admin reset it. Then connect the account again.',
	),

	// Further sign-in steps, devices, risk
	'50076 50074 50158': designer(
		'A further sign-in step is required, such as multi-factor sign-in',
		'Connect the account again and complete multi-factor sign-in or the other step that is asked for.',
	),
	50078: designer(
		'Multi-factor sign-in has expired',
		'Connect the account again and complete multi-factor sign-in.',
	),
	'50079 50072': designer(
		'Multi-factor sign-in is not set up for the account',
		'Register multi-factor sign-in for the account, then connect it again.',
	),
	53004: designer(
		'Multi-factor sign-in has to be set up, and the sign-in is too risky for it',
		'Register multi-factor sign-in for the account from a known device and network, then connect it again.',
	),
	53003: entraAdmin(
		'Conditional Access blocked the sign-in',
		'An Entra admin reviews the Conditional Access policy for this application.',
	),
	530032: entraAdmin(
		'A security policy blocked the sign-in',
		'An Entra admin reviews the Conditional Access policy for this application.',
	),
	530035: entraAdmin(
		'The security defaults of the tenant blocked the sign-in',
		'An Entra admin reviews the security defaults of the tenant. Then connect the account again.',
	),
	'50131 53011 530034': entraAdmin(
		'The sign-in was blocked because of a risk',
		'An Entra admin reviews the sign-in log and the risk of the account, and unblocks it. Then connect the account again.',
	),
	53002: entraAdmin(
		'Conditional Access allows approved apps only',
		'An Entra admin excludes this application from the Conditional Access policy that requires an approved app.',
	),
	53000: designer(
		'The device does not comply with the policy of the tenant',
		'Connect the account again from a compliant device.',
	),
	53001: designer(
		'Conditional Access requires a domain-joined device',
		'Connect the account again from a domain-joined device, or ask an Entra admin for an exception for this application.',
	),
	'50097 50129 50155': designer(
		'Conditional Access requires a registered device',
		'Connect the account again from a device that is registered with the tenant, or ask an Entra admin for an exception for this application.',
	),

	// The connection
	'70008 700082': designer('The connection was unused for too long', CONNECT_AGAIN),
	70043: designer(
		'The sign-in frequency policy ended the connection',
		'Connect the account again, or ask an Entra admin for an exception from the policy.',
	),
	'50173 50133 50132': designer('The password was changed or access was revoked', CONNECT_AGAIN),
	70000: designer('The connection is no longer valid', CONNECT_AGAIN),
	50089: designer('The sign-in has expired', CONNECT_AGAIN),
	54005: designer('The sign-in was completed twice', CONNECT_AGAIN),
	50196: n8nAdmin(
		'Entra ID stopped too many requests for the same token',
		'Wait ten minutes, then connect the account again. If it happens again, ask your n8n administrator which workflows or which other n8n use the same account all the time.',
	),

	// Microsoft's own trouble: the node tries again by itself
	'90033 90006 90012 90024 90055 90090 50033 50087 70012 40010': nobody(
		'Microsoft cannot renew the connection at the moment',
		'Run the workflow again later. The email was not sent.',
	),
});
