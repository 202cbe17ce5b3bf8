/**
 * With which status Graph says each code of its refusals of `sendMail`: learn.microsoft.com/graph/errors
 * (D), and users' reports where the documents name none (R: 400 for a limit that was reached).
 */
export const GRAPH_REFUSALS: Readonly<Record<string, number>> = {
	ErrorInvalidRecipients: 400,
	ErrorInvalidIdMalformed: 400,
	ErrorInvalidParameter: 400,
	UnableToDeserializePostBody: 400,
	RequestBodyRead: 400,
	InvalidInternetMessageHeader: 400,
	InvalidInternetMessageHeaderCollection: 400,
	ErrorExceededMessageLimit: 400,
	ErrorExceededMaxRecipientLimit: 400,
	ErrorExceededHourlyMessageLimit: 400,
	ErrorSubmissionQuotaExceeded: 400,
	InvalidAuthenticationToken: 401,
	ErrorAccessDenied: 403,
	ErrorSendAsDenied: 403,
	// R: microsoftgraph/msgraph-sdk-dotnet and Outlook.com users
	ErrorMessageSubmissionBlocked: 403,
	ErrorAccountSuspend: 403,
	MailboxNotEnabledForRESTAPI: 404,
	ErrorInvalidUser: 404,
	ResourceNotFound: 404,
	ErrorItemNotFound: 404,
	OrganizationFromTenantGuidNotFound: 404,
	RequestEntityTooLarge: 413,
	ErrorMessageSizeExceeded: 413,
	ApplicationThrottled: 429,
	TooManyRequests: 429,
	ErrorQuotaExceeded: 507,
};

/** After these, nobody knows whether Graph took the mail. */
export const UNKNOWN_STATUSES: readonly number[] = [500, 502, 503, 504];
