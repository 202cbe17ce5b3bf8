import { byCode, say } from './explanation';

/** Error codes of `sendMail`. https://learn.microsoft.com/graph/errors and /graph/resources/mail-api-overview */
export const GRAPH_ERRORS = byCode({
	ErrorInvalidRecipients: say(
		'Outlook does not accept one of the recipients',
		'Check the addresses in To, CC and BCC: each recipient has exactly one address.',
	),
	'ErrorInvalidParameter UnableToDeserializePostBody RequestBodyRead': say(
		'Microsoft Graph did not understand the request',
		'This is a fault of the node, not of your workflow. Report it to the makers of the node with the request ID.',
	),
	InvalidInternetMessageHeader: say(
		'Outlook does not accept the name of a custom header',
		'Begin the name of each custom header with x-.',
	),
	InvalidInternetMessageHeaderCollection: say(
		'Outlook does not accept that many custom headers',
		'Use at most five custom headers.',
	),
	InvalidAuthenticationToken: say(
		'Microsoft Graph does not accept the access token',
		'Open the credential and connect the account again. If that does not help, check that the Entra ID Cloud Instance is the one of the tenant.',
		"Open the credential and connect the account again. If that does not help, RoboMQ's operator checks that the URLs in n8n's credential overwrites are those of your tenant's cloud.",
	),
	OrganizationFromTenantGuidNotFound: say(
		'The tenant of the linked account has no Exchange Online',
		'A Microsoft 365 admin adds a subscription with Exchange Online to the tenant, or you link an account of another tenant. The connection itself is in order.',
	),
	ErrorAccessDenied: say(
		'The linked account may not send this email',
		'Connect the account again and accept Mail.Send (to send from another mailbox, Mail.Send.Shared too). If it was accepted, a Microsoft 365 admin checks that the account has a license and a mailbox.',
		'Connect the account again and accept Mail.Send. If it was accepted, a Microsoft 365 admin checks that the account has a license and a mailbox. From needs a customer-owned application.',
	),
	ErrorSendAsDenied: say(
		'The linked account may not send from that mailbox',
		'An Exchange admin grants the linked account Send As or Send on Behalf on the mailbox in From.',
	),
	'MailboxNotEnabledForRESTAPI ErrorInvalidUser ResourceNotFound': say(
		'The linked account has no Exchange Online mailbox',
		'A Microsoft 365 admin gives the account a license with Exchange Online, or you link another account. A mailbox on a server of your own (hybrid), and one that was deleted or is inactive, cannot be used.',
	),
	ErrorItemNotFound: say(
		'The message is not in the mailbox (any more)',
		'Check that the message ID belongs to the mailbox of the linked account. A draft that was removed while it was filled is made again when you run the workflow again.',
	),
	RequestEntityTooLarge: say(
		'The email is larger than Microsoft Graph takes in one request',
		'Make the attachments smaller, put a link in the body instead, or add the Mail.ReadWrite permission to the credential.',
		'Make the attachments smaller or put a link in the body instead. A customer-owned application can have the Mail.ReadWrite permission, with which larger attachments can be sent.',
	),
	ErrorMessageSizeExceeded: say(
		'The email is larger than the mailbox allows',
		'Make the attachments smaller, or put a link in the body instead.',
	),
	// https://learn.microsoft.com/outlook/troubleshoot/ of Outlook.com: there is no administrator.
	'ErrorExceededMessageLimit ErrorMessageSubmissionBlocked ErrorExceededMaxRecipientLimit ErrorExceededHourlyMessageLimit ErrorAccountSuspend':
		say(
			'The personal Outlook.com account has reached a limit or has to be verified',
			'Sign in to Outlook.com with the account and follow the instructions in its inbox, then send the rest later. There is no administrator who can raise the limit.',
		),
	ErrorSubmissionQuotaExceeded: say(
		'The mailbox has reached its daily sending limit',
		'Send the rest tomorrow, or ask an Exchange admin about the limit.',
	),
	ErrorInvalidIdMalformed: say(
		'The message ID is not one that Microsoft Graph knows',
		"Use the field id of n8n's Microsoft Outlook trigger or node, as it is, for the same mailbox.",
	),
	// Save to Sent Items does not matter: Graph makes the message in the mailbox first.
	ErrorQuotaExceeded: say(
		"The sender's mailbox is full",
		'Empty the mailbox (Deleted Items too), or have an Exchange admin raise its quota.',
	),
	'ApplicationThrottled TooManyRequests': say(
		'Outlook throttled the email because too many requests came at once',
		'Send later, or send fewer emails at the same time with the same application.',
	),
});

/** For codes that the table above does not know. */
export const GRAPH_STATUS_ERRORS: Readonly<Record<number, string>> = {
	401: 'InvalidAuthenticationToken',
	403: 'ErrorAccessDenied',
	413: 'RequestEntityTooLarge',
	429: 'TooManyRequests',
	507: 'ErrorQuotaExceeded',
};
