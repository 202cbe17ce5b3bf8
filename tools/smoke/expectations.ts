/** How sure we are that Microsoft does so. */
export type Certainty = 'documented' | 'reported' | 'unconfirmed';

/** Something that Microsoft is expected to do, and that the sandbox therefore does. */
export interface Expectation {
	says: string;
	source: string;
	certainty: Certainty;
}

const SEND_MAIL = 'https://learn.microsoft.com/graph/api/user-sendmail';
const USERS = 'reported by users of Graph';
const OURS = 'our inference';

/**
 * What the node rests on, beyond the tables of error codes, limits and clouds. The one list behind
 * docs/internal/what-was-tried.md and the report of `npm run smoke`.
 */
export const EXPECTATIONS = {
	twoPermissions: {
		says: 'The consent page asks for two things: sending email as you, and keeping access.',
		source: 'https://learn.microsoft.com/graph/permissions-reference#mailsend',
		certainty: 'documented',
	},
	pkceWithSecret: {
		says: 'A confidential client may use PKCE together with its client secret or certificate.',
		source: 'https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow',
		certainty: 'documented',
	},
	tenantIsPublic: {
		says: 'The openid-configuration of a tenant is there for everybody, so a tenant can be looked up.',
		source: 'https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc',
		certainty: 'documented',
	},
	appProvesItself: {
		says: 'A token for the app alone tells whether client ID and secret are right, also for an app without application permissions.',
		source: OURS,
		certainty: 'unconfirmed',
	},
	tokenRenews: {
		says: 'A refresh token gives a new access token; the scope in the answer names Mail.Send.',
		source: 'https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow',
		certainty: 'documented',
	},
	probeWithoutRecipients: {
		says: 'An email without recipients is refused with 400 `ErrorInvalidRecipients` only when token, permission and mailbox are in order.',
		source: OURS,
		certainty: 'unconfirmed',
	},
	acceptedNotDelivered: {
		says: '`sendMail` answers 202 with an empty body and a `request-id`: accepted, not delivered.',
		source: SEND_MAIL,
		certainty: 'documented',
	},
	copyInSentItems: {
		says: 'The copy in Sent Items is kept unless `saveToSentItems` is false.',
		source: SEND_MAIL,
		certainty: 'documented',
	},
	badAddressComesBack: {
		says: 'An address that does not exist is accepted, and comes back to the inbox of the sender.',
		source: SEND_MAIL,
		certainty: 'documented',
	},
	namesSurvive: {
		says: 'A display name with a comma, an accent or an emoji arrives as it was written.',
		source: 'https://learn.microsoft.com/graph/api/resources/emailaddress',
		certainty: 'documented',
	},
	inlineImage: {
		says: 'A file with `isInline` and a `contentId` is shown where the body names it by `cid:`.',
		source: 'https://learn.microsoft.com/graph/api/resources/fileattachment',
		certainty: 'documented',
	},
	largeFileThroughDraft: {
		says: 'With Mail.ReadWrite, a draft takes files of 3 to 150 MB through an upload session and is then sent.',
		source: 'https://learn.microsoft.com/graph/outlook-large-attachments',
		certainty: 'documented',
	},
	sharedMailbox: {
		says: 'With Mail.Send.Shared and Send As or Send on Behalf, `/me/sendMail` with `from` sends from the other mailbox.',
		source: 'https://learn.microsoft.com/graph/outlook-send-mail-from-other-user',
		certainty: 'documented',
	},
	importance: {
		says: '`importance` shows as the red or blue mark of Outlook.',
		source: 'https://learn.microsoft.com/graph/api/resources/message',
		certainty: 'documented',
	},
	sensitivity: {
		says: 'The property `Integer 0x36` shows as the sensitivity of the email.',
		source: USERS,
		certainty: 'reported',
	},
	deferredDelivery: {
		says: 'The property `SystemTime 0x3FEF` delays the email until then, also through `sendMail`.',
		source: USERS,
		certainty: 'reported',
	},
	followUpFlag: {
		says: 'A flag with start and due date shows at the email.',
		source: 'https://learn.microsoft.com/graph/api/resources/followupflag',
		certainty: 'documented',
	},
	customHeaders: {
		says: 'Headers whose names begin with x- arrive; at most five are taken.',
		source: 'https://learn.microsoft.com/graph/api/resources/internetmessageheader',
		certainty: 'reported',
	},
	receipts: {
		says: 'Read and delivery receipts are asked for.',
		source: 'https://learn.microsoft.com/graph/api/resources/message',
		certainty: 'documented',
	},
	fourAtOnce: {
		says: 'Graph serves one app four requests at a time; what is above waits after a 429, and nothing is lost.',
		source: 'https://learn.microsoft.com/graph/throttling-limits#outlook-service-limits',
		certainty: 'documented',
	},
} as const satisfies Record<string, Expectation>;

export type ExpectationName = keyof typeof EXPECTATIONS;
