/**
 * Entra ID's errors: what the token endpoint answers, or the redirect says.
 *
 * Source of meaning: learn.microsoft.com/entra/identity-platform/reference-error-codes (D).
 * `sure` is about `error`, `status` and the wording: D documented, R reported by users with the
 * response quoted, U unconfirmed.
 */
export interface AadstsError {
	/** OAuth error code, the one that clients should branch on. */
	readonly error: string;
	/** HTTP status at the token endpoint. */
	readonly status: 400 | 401;
	/** `{name}` is replaced by a detail. */
	readonly text: string;
	readonly sure: 'D' | 'R' | 'U';
	readonly suberror?: string;
}

const grant = (text: string, sure: AadstsError['sure'] = 'R', suberror?: string): AadstsError => ({
	error: 'invalid_grant',
	status: 400,
	text,
	sure,
	...(suberror === undefined ? {} : { suberror }),
});
const client = (text: string, sure: AadstsError['sure'] = 'R'): AadstsError => ({
	error: 'invalid_client',
	status: 401,
	text,
	sure,
});
const request = (text: string, sure: AadstsError['sure'] = 'R'): AadstsError => ({
	error: 'invalid_request',
	status: 400,
	text,
	sure,
});
const unauthorized = (text: string, sure: AadstsError['sure'] = 'R'): AadstsError => ({
	error: 'unauthorized_client',
	status: 400,
	text,
	sure,
});

export const AADSTS: Readonly<Record<number, AadstsError>> = {
	// The request and the tenant
	50011: request(
		"The redirect URI '{redirectUri}' specified in the request does not match the redirect URIs configured for the application '{app}'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal.",
		'D',
	),
	500112: client(
		"The reply address '{redirectUri}' does not match the reply address '{expected}' provided when requesting Authorization code.",
	),
	50194: request(
		"Application '{app}'({name}) is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such apps created after '10/15/2018'. Use a tenant-specific endpoint or configure the application to be multi-tenant.",
	),
	70003: {
		...request('The app returned an unsupported grant type.'),
		error: 'unsupported_grant_type',
	},
	700051: {
		...request("response_type '{responseType}' is not enabled for the application."),
		error: 'unsupported_response_type',
	},
	700016: unauthorized(
		"Application with identifier '{app}' was not found in the directory '{tenant}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.",
		'D',
	),
	700054: request("response_type '{responseType}' is not enabled for the application.", 'D'),
	7000112: unauthorized("Application '{app}'({name}) is disabled."),
	900023: request(
		"Specified tenant identifier '{tenant}' is neither a valid DNS name, nor a valid external domain.",
		'U',
	),
	900144: request("The request body must contain the following parameter: '{parameter}'."),
	900971: request('No reply address provided.'),
	90002: request(
		"Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.",
	),
	90023: request("Unsupported value '{value}' of parameter '{parameter}'.", 'U'),
	90038: grant(
		'The tenant belongs to another cloud. Redirect the user to the national cloud of the tenant.',
		'U',
	),
	9002313: request('Invalid request. Request is malformed or invalid.'),

	50059: request(
		'No tenant-identifying information found in either the request or implied by any provided credentials.',
	),
	1002012: {
		...request(
			'The provided value for scope {scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).',
		),
		error: 'invalid_scope',
	},

	// Who the client is
	7000215: client(
		"Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '{app}'.",
	),
	7000218: client(
		"The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
	),
	7000222: client(
		"The provided client secret keys for app '{app}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.",
	),
	700021: client(
		"Client assertion application identifier doesn't match 'client_id' parameter. Review the documentation.",
		'D',
	),
	700023: client(
		'Client assertion audience claim does not match Realm issuer. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials.',
		'D',
	),
	700024: client('Client assertion is not within its valid time range.', 'D'),
	700025: client(
		"Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
	),
	700027: client(
		"The certificate with identifier used to sign the client assertion is not registered on application. [Reason - {reason}, Thumbprint of key used by client: '{thumbprint}'].",
	),
	700084: grant(
		'The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime, which cannot be extended. It is now expired and a new sign in request must be sent by the SPA to the sign in page.',
	),
	50027: client('JWT token is invalid or malformed.', 'D'),

	// The code
	50148: grant(
		'The code_verifier does not match the code_challenge supplied in the authorization request for PKCE.',
	),
	501481: grant(
		'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
	),
	501491: request('Invalid size of Code_Challenge parameter.', 'D'),
	54005: grant(
		'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
	),
	700005: grant(
		'Provided Authorization Code is intended to use against other tenant, thus rejected. OAuth2 Authorization Code must be redeemed against same tenant it was acquired for.',
		'D',
	),
	70000: grant("The provided value for the '{parameter}' is not valid."),
	70008: grant(
		'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
		'D',
	),

	// The refresh token
	50133: grant(
		'The session is not valid due to password expiration or recent password change.',
		'D',
	),
	50173: grant(
		"The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password. The grant was issued on '{issuedAt}' and the TokensValidFrom date (before which tokens are not valid) for this user is '{validFrom}'.",
		'R',
		'bad_token',
	),
	700082: grant(
		"The refresh token has expired due to inactivity. The token was issued on '{issuedAt}' and was inactive for 90.00:00:00.",
	),
	70043: grant(
		'The refresh token has expired or is invalid due to sign-in frequency checks by conditional access.',
		'R',
		'token_expired',
	),

	// The person, and what the organisation allows
	50020: request(
		"User account '{user}' from identity provider '{home}' does not exist in tenant '{tenant}' and cannot access the application '{app}'({name}) in that tenant. The account needs to be added as an external user in the tenant first. Sign out and sign in again with a different Azure Active Directory user account.",
		'D',
	),
	50034: grant(
		'The user account {user} does not exist in the {tenant} directory. To sign into this application, the account must be added to the directory.',
		'D',
	),
	50053: grant('The account is locked, you have tried to sign in too many times.', 'D'),
	50057: grant('The user account is disabled.', 'D'),
	50058: {
		...request('A silent sign-in request was sent but no user is signed in.', 'D'),
		error: 'login_required',
	},
	50076: grant(
		"Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '00000003-0000-0000-c000-000000000000'.",
		'R',
		'basic_action',
	),
	50078: grant(
		"Presented multi-factor authentication has expired due to policies configured by your administrator, you must refresh your multi-factor authentication to access '00000003-0000-0000-c000-000000000000'.",
		'R',
		'basic_action',
	),
	50079: grant(
		"Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in multi-factor authentication to access '00000003-0000-0000-c000-000000000000'.",
		'R',
		'basic_action',
	),
	50105: {
		...request(
			"Your administrator has configured the application {name} ('{app}') to block users unless they are specifically granted ('assigned') access to the application. The signed in user '{user}' is blocked because they are not a direct member of a group with access, nor had access directly assigned by an administrator. Please contact your administrator to assign access to this application.",
		),
		error: 'interaction_required',
	},
	50126: grant('Error validating credentials due to invalid username or password.', 'D'),
	53000: grant(
		'Device is not in required device state: {state}. Conditional Access policy requires a compliant device, and the device is not compliant.',
		'D',
		'message_only',
	),
	53003: grant(
		'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
		'R',
		'message_only',
	),
	530032: grant(
		"Blocked by Conditional Access on security policy. The user's tenant has a security policy that blocks this request.",
		'D',
		'message_only',
	),
	65001: grant(
		"The user or administrator has not consented to use the application with ID '{app}' named '{name}'. Send an interactive authorization request for this user and resource.",
		'R',
		'consent_required',
	),
	65004: { ...request('User declined to consent to access the app.'), error: 'access_denied' },
	650053: {
		...request(
			"The application '{name}' asked for scope '{scope}' that doesn't exist on the resource '00000003-0000-0000-c000-000000000000'. Contact the app vendor.",
		),
		error: 'invalid_client',
	},
	500011: {
		...request(
			'The resource principal named {resource} was not found in the tenant named {tenant}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.',
		),
		error: 'invalid_resource',
	},
	650056: {
		...request(
			"Misconfigured application. This could be due to one of the following: the client has not listed any permissions for 'Microsoft Graph' in the requested permissions in the client's application registration. Or, the admin has not consented in the tenant. Or, check the application identifier in the request to ensure it matches the configured client application identifier. Please contact your admin to fix the configuration or consent on behalf of the tenant. Client app ID: {app}.",
		),
		error: 'invalid_client',
	},
	70011: {
		...request(
			"The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope {scope} is not valid.",
		),
		error: 'invalid_scope',
	},
	90072: {
		...request(
			"User account '{user}' from external identity provider does not exist in the tenant and cannot access the application. The account needs to be added as an external user first.",
			'D',
		),
		error: 'interaction_required',
	},
	90094: {
		...request('Admin consent is required for the permissions requested by this application.', 'U'),
		error: 'access_denied',
	},
	90095: {
		...request(
			'Admin consent is required for the permissions requested by this application. An admin consent request may be sent to the admin.',
			'U',
		),
		error: 'access_denied',
	},

	// Microsoft's own trouble
	90006: {
		...request('The service is temporarily unavailable. Please retry later.', 'U'),
		error: 'temporarily_unavailable',
	},
	90033: {
		...request('A transient error has occurred. Please try again.', 'D'),
		error: 'temporarily_unavailable',
	},
};
