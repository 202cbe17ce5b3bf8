/** What to say of an error code of Graph. */
interface GraphErrorExplanation {
	message: string;
	remedy: string;
	/** For the RoboMQ application: it asks for no further permission, and its operator looks after it. */
	roboMqRemedy?: string;
}

const REPORT_IT =
	'This is a fault of the node, not of your workflow. Report it to the makers of the node with the request ID.';

const NOT_UNDERSTOOD: GraphErrorExplanation = {
	message: 'Microsoft Graph did not understand the request',
	remedy: REPORT_IT,
};

const NO_MAILBOX: GraphErrorExplanation = {
	message: 'The linked account has no Exchange Online mailbox',
	remedy:
		'A Microsoft 365 admin gives the account a license with Exchange Online, or you link another account. A mailbox on a server of your own (hybrid), and one that was deleted or is inactive, cannot be used.',
};

const THROTTLED: GraphErrorExplanation = {
	message: 'Outlook throttled the email because too many requests came at once',
	remedy: 'Send later, or send fewer emails at the same time with the same application.',
};

/** https://learn.microsoft.com/outlook/troubleshoot/ of Outlook.com: there is no administrator. */
const PERSONAL_LIMIT: GraphErrorExplanation = {
	message: 'The personal Outlook.com account has reached a limit or has to be verified',
	remedy:
		'Sign in to Outlook.com with the account and follow the instructions in its inbox, then send the rest later. There is no administrator who can raise the limit.',
};

/** Error codes of `sendMail`. https://learn.microsoft.com/graph/errors and /graph/resources/mail-api-overview */
export const GRAPH_ERRORS: Readonly<Record<string, GraphErrorExplanation>> = {
	ErrorInvalidRecipients: {
		message: 'Outlook does not accept one of the recipients',
		remedy: 'Check the addresses in To, CC and BCC: each recipient has exactly one address.',
	},
	ErrorInvalidParameter: NOT_UNDERSTOOD,
	UnableToDeserializePostBody: NOT_UNDERSTOOD,
	RequestBodyRead: NOT_UNDERSTOOD,
	InvalidInternetMessageHeader: {
		message: 'Outlook does not accept the name of a custom header',
		remedy: 'Begin the name of each custom header with x-.',
	},
	InvalidInternetMessageHeaderCollection: {
		message: 'Outlook does not accept that many custom headers',
		remedy: 'Use at most five custom headers.',
	},
	InvalidAuthenticationToken: {
		message: 'Microsoft Graph does not accept the access token',
		remedy:
			'Open the credential and connect the account again. If that does not help, check that the Entra ID Cloud Instance is the one of the tenant.',
		roboMqRemedy:
			"Open the credential and connect the account again. If that does not help, RoboMQ's operator checks that the URLs in n8n's credential overwrites are those of your tenant's cloud.",
	},
	OrganizationFromTenantGuidNotFound: {
		message: 'The tenant of the linked account has no Exchange Online',
		remedy:
			'A Microsoft 365 admin adds a subscription with Exchange Online to the tenant, or you link an account of another tenant. The connection itself is in order.',
	},
	ErrorAccessDenied: {
		message: 'The linked account may not send this email',
		remedy:
			'Connect the account again and accept Mail.Send (to send from another mailbox, Mail.Send.Shared too). If it was accepted, a Microsoft 365 admin checks that the account has a license and a mailbox.',
		roboMqRemedy:
			'Connect the account again and accept Mail.Send. If it was accepted, a Microsoft 365 admin checks that the account has a license and a mailbox. From needs a customer-owned application.',
	},
	ErrorSendAsDenied: {
		message: 'The linked account may not send from that mailbox',
		remedy:
			'An Exchange admin grants the linked account Send As or Send on Behalf on the mailbox in From.',
	},
	MailboxNotEnabledForRESTAPI: NO_MAILBOX,
	ErrorInvalidUser: NO_MAILBOX,
	ResourceNotFound: NO_MAILBOX,
	ErrorItemNotFound: {
		message: 'The message is not in the mailbox (any more)',
		remedy:
			'Check that the message ID belongs to the mailbox of the linked account. A draft that was removed while it was filled is made again when you run the workflow again.',
	},
	RequestEntityTooLarge: {
		message: 'The email is larger than Microsoft Graph takes in one request',
		remedy:
			'Make the attachments smaller, put a link in the body instead, or add the Mail.ReadWrite permission to the credential.',
		roboMqRemedy:
			'Make the attachments smaller or put a link in the body instead. A customer-owned application can have the Mail.ReadWrite permission, with which larger attachments can be sent.',
	},
	ErrorMessageSizeExceeded: {
		message: 'The email is larger than the mailbox allows',
		remedy: 'Make the attachments smaller, or put a link in the body instead.',
	},
	ErrorExceededMessageLimit: PERSONAL_LIMIT,
	ErrorMessageSubmissionBlocked: PERSONAL_LIMIT,
	ErrorExceededMaxRecipientLimit: PERSONAL_LIMIT,
	ErrorExceededHourlyMessageLimit: PERSONAL_LIMIT,
	ErrorAccountSuspend: PERSONAL_LIMIT,
	ErrorSubmissionQuotaExceeded: {
		message: 'The mailbox has reached its daily sending limit',
		remedy: 'Send the rest tomorrow, or ask an Exchange admin about the limit.',
	},
	ErrorInvalidIdMalformed: {
		message: 'The message ID is not one that Microsoft Graph knows',
		remedy:
			"Use the field id of n8n's Microsoft Outlook trigger or node, as it is, for the same mailbox.",
	},
	// Save to Sent Items does not matter: Graph makes the message in the mailbox first.
	ErrorQuotaExceeded: {
		message: "The sender's mailbox is full",
		remedy: 'Empty the mailbox (Deleted Items too), or have an Exchange admin raise its quota.',
	},
	ApplicationThrottled: THROTTLED,
	TooManyRequests: THROTTLED,
};

/** For codes that the table above does not know. */
export const GRAPH_STATUS_ERRORS: Readonly<Record<number, string>> = {
	401: 'InvalidAuthenticationToken',
	403: 'ErrorAccessDenied',
	413: 'RequestEntityTooLarge',
	429: 'TooManyRequests',
	507: 'ErrorQuotaExceeded',
};
