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

const interaction = (text: string, sure: AadstsError['sure'] = 'R'): AadstsError => ({
	...grant(text, sure),
	error: 'interaction_required',
});
const denied = (text: string, sure: AadstsError['sure'] = 'R'): AadstsError => ({
	...request(text, sure),
	error: 'access_denied',
});
const temporary = (text: string, sure: AadstsError['sure'] = 'R'): AadstsError => ({
	...request(text, sure),
	error: 'temporarily_unavailable',
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

	// The application: registration and proof
	700011: unauthorized(
		'Application with identifier {app} was not found in the directory. A client application requested a token from your tenant, but the client app does not exist in your tenant.',
		'D',
	),
	9002325: grant(
		'Proof Key for Code Exchange is required for cross-origin authorization code redemption.',
		'D',
	),
	9002326: grant(
		"Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type.",
		'D',
	),
	9002327: grant(
		"Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests.",
		'D',
	),
	700030: client('Invalid certificate - subject name in certificate is not authorized.', 'D'),
	65005: request(
		'The app required resource access list does not contain apps discoverable by the resource, or the client app has requested access to a resource that was not specified in its required resource access list.',
		'D',
	),
	650057: request(
		"Invalid resource. The client has requested access to a resource which is not listed in the requested permissions in the client's application registration. Client app ID: {app}.",
		'D',
	),

	// The tenant and the cloud
	900382: request('Confidential Client is not supported in Cross Cloud request.', 'D'),
	900432: request('Confidential Client is not supported in Cross Cloud request.', 'D'),
	650052: request(
		'The app needs access to a service that your organization has not subscribed to or enabled. Contact your IT Admin to review the configuration of your service subscriptions.',
		'D',
	),
	500021: request("Access to '{tenant}' tenant is denied.", 'D'),
	500022: request("Access to '{tenant}' tenant is denied.", 'D'),
	500212: grant(
		"The user's administrator has set an outbound access policy that does not allow access to the resource tenant.",
		'D',
	),
	500213: grant(
		"The resource tenant's cross-tenant access policy does not allow this user to access this tenant.",
		'D',
	),

	// Consent
	90093: denied('Graph returned with a forbidden error code for the request.', 'D'),
	90099: unauthorized(
		"The application '{app}' ({name}) has not been authorized in the tenant '{tenant}'. Applications must be authorized to access the external tenant before partner delegated administrators can use them.",
		'D',
	),

	// The account
	16000: interaction(
		"User account from identity provider does not exist in tenant '{tenant}' and cannot access the application '{app}'({name}) in that tenant.",
		'D',
	),
	50014: interaction('The user account does not exist in the directory.', 'D'),
	51004: grant('The user account does not exist in the directory.', 'D'),
	500208: grant('The domain is not a valid login domain for the account type.', 'D'),
	50055: grant('The password is expired.', 'D'),
	50144: grant("The user's Active Directory password has expired.", 'D'),
	50132: grant(
		'The session is not valid due to password expiration or recent password change.',
		'D',
	),
	50089: grant('Authentication failed due to flow token expired.', 'D'),
	50196: grant(
		'The server terminated an operation because it encountered a client request loop. Please contact your app vendor.',
		'D',
	),

	// Further steps, devices, risk
	50158: interaction('External security challenge was not satisfied.', 'D'),
	50074: interaction('Strong Authentication is required.', 'D'),
	50072: interaction('User needs to enroll for second factor authentication (interactive).', 'D'),
	53001: interaction(
		'Device is not in required device state: the policy requires a domain joined device, and the device is not domain joined.',
		'D',
	),
	53002: interaction('The app used is not an approved app for Conditional Access.', 'D'),
	53004: interaction(
		'User needs to complete Multi-factor authentication registration process before accessing this content.',
		'D',
	),
	53011: interaction('User blocked due to risk on home tenant.', 'D'),
	530034: interaction(
		'A delegated administrator was blocked from accessing the tenant due to account risk in their home tenant.',
		'D',
	),
	530035: interaction('Access has been blocked by security defaults.', 'D'),
	50097: interaction('Device authentication is required.', 'D'),
	50155: interaction('Device authentication failed for this user.', 'D'),
	50129: interaction(
		'Device is not workplace joined. Workplace join is required to register the device.',
		'D',
	),
	50131: interaction(
		'Device is not in required device state, or the request was blocked due to suspicious activity, access policy, or security policy decisions.',
		'D',
	),

	// Microsoft's own trouble, to be tried again
	40010: temporary("There's an issue with your federated Identity Provider. Try again.", 'D'),
	50033: temporary(
		'A transient error has occurred that is not related to the database operations.',
		'D',
	),
	50087: temporary(
		'A transient error has occurred during strong authentication. Please try again.',
		'D',
	),
	70012: temporary(
		'A server error occurred while authenticating an MSA (consumer) user. Try again.',
		'D',
	),
	90012: temporary('The request has timed out.', 'D'),
	90024: temporary('A transient error has occurred. Try again.', 'D'),
	90055: temporary('There are too many incoming requests.', 'D'),
	90090: temporary('The service is temporarily unavailable.', 'D'),
};
