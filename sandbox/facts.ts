/** How sure we are that Microsoft does so. */
export type Certainty = 'documented' | 'reported' | 'unconfirmed';

/** Something that Microsoft does, as far as is known. */
export interface Fact {
	says: string;
	/** A page of Microsoft, a public report, or a few words. */
	source: string;
	certainty: Certainty;
	/** Why the sandbox does not model it; absent where code of the sandbox cites the fact. */
	notModelled?: string;
}

const LEARN = 'https://learn.microsoft.com';
const GRAPH_API = `${LEARN}/graph/api`;
const LARGE_FILES = `${LEARN}/graph/outlook-large-attachments`;
const CODE_FLOW = `${LEARN}/entra/identity-platform/v2-oauth2-auth-code-flow`;
const LIMITS = `${LEARN}/graph/throttling-limits#outlook-service-limits`;
const EXCHANGE_LIMITS = `${LEARN}/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits`;
const CONSENT = `${LEARN}/entra/identity/enterprise-apps/manage-app-consent-policies`;
const GITHUB = 'https://github.com';
const USERS = 'reported by users of Graph';
const OURS = 'our inference';

/**
 * What the package rests on at Microsoft, beyond the tables of error codes and clouds. Code of the
 * sandbox that models a fact cites it by name (`@cites`); `npm run smoke` tries every fact that is
 * reported or unconfirmed. docs/internal/what-was-tried.md is written from both.
 */
export const FACTS = {
	// Clouds and hosts
	graphOfSignInHost: {
		says: 'The openid-configuration of a sign-in host names the Graph host of its cloud (`msgraph_host`).',
		source: `${LEARN}/entra/identity-platform/v2-protocols-oidc`,
		certainty: 'documented',
	},
	sovereignHosts: {
		says: 'Bleu, Delos and GovSG sign in at `login.sovcloud-identity.fr`, `.de`, `.sg`; their Graph is `graph.svc.sovcloud.fr`, `.de`, `.sg`.',
		source: `${GITHUB}/AzureAD/microsoft-authentication-library-for-dotnet/pull/5709`,
		certainty: 'reported',
		notModelled: 'the sandbox is a cloud of its own',
	},
	shortScopes: {
		says: 'Scope names without a resource, such as `Mail.Send`, are valid in Bleu, Delos and GovSG too.',
		source: `${OURS}, from Microsoft’s other national clouds`,
		certainty: 'unconfirmed',
	},
	uploadHost: {
		says: 'Files are uploaded to a third host, `outlook.office.com` in the global cloud, whose address carries its own permission.',
		source: LARGE_FILES,
		certainty: 'documented',
	},
	otherUploadHost: {
		says: 'In the global cloud, the upload host can also be `outlook.office365.com`.',
		source: USERS,
		certainty: 'reported',
		notModelled: 'the sandbox has one upload host',
	},
	uploadHostsOfOtherClouds: {
		says: 'The upload host of China is probably `partner.outlook.cn`; those of the other clouds are unknown.',
		source: OURS,
		certainty: 'unconfirmed',
		notModelled: 'the sandbox is a cloud of its own',
	},

	// Sign-in
	twoPermissions: {
		says: 'The consent page asks for two things: sending email as you, and keeping access.',
		source: `${LEARN}/graph/permissions-reference#mailsend`,
		certainty: 'documented',
	},
	pkceWithSecret: {
		says: 'A confidential client may use PKCE together with its client secret or certificate.',
		source: CODE_FLOW,
		certainty: 'documented',
	},
	signedProof: {
		says: 'An app with a certificate proves itself with a signed assertion for the token endpoint.',
		source: `${LEARN}/entra/identity-platform/certificate-credentials`,
		certainty: 'documented',
	},
	localhostAnyPort: {
		says: 'The port of a redirect URI on localhost is not compared.',
		source: `${LEARN}/entra/identity-platform/reply-url`,
		certainty: 'documented',
	},
	tenantIsPublic: {
		says: 'The openid-configuration of a tenant is there for everybody, so a tenant can be looked up.',
		source: `${LEARN}/entra/identity-platform/v2-protocols-oidc`,
		certainty: 'documented',
	},
	tenantIdForm: {
		says: 'A tenant ID that is neither a GUID nor a domain is answered with AADSTS900023.',
		source: OURS,
		certainty: 'unconfirmed',
	},
	appProvesItself: {
		says: 'A token for the app alone shows whether client ID and secret are right, also for an app without application permissions.',
		source: OURS,
		certainty: 'unconfirmed',
	},
	tokenRenews: {
		says: 'A refresh token gives a new access token; the scope in the answer names Mail.Send.',
		source: CODE_FLOW,
		certainty: 'documented',
	},
	oldRefreshTokenStays: {
		says: 'A refresh token that was used stays valid; each renewal returns a new one.',
		source: `${LEARN}/entra/identity-platform/refresh-tokens`,
		certainty: 'documented',
	},
	managedConsent: {
		says: 'With Microsoft’s managed consent policy, users can consent to Mail.Send and Mail.Send.Shared, and only an administrator to Mail.ReadWrite.',
		source: CONSENT,
		certainty: 'documented',
	},
	unverifiedPublisher: {
		says: 'Where risk-based step-up consent is on (the default), users cannot consent to a multi-tenant app of an unverified publisher.',
		source: CONSENT,
		certainty: 'documented',
		notModelled: 'a tenant where only administrators consent meets the same page',
	},
	assignmentRequired: {
		says: 'Where assignment is required, an account that is not assigned gets AADSTS50105, and an administrator must consent.',
		source: `${LEARN}/entra/identity/enterprise-apps/what-is-access-management`,
		certainty: 'documented',
	},

	// Sending
	acceptedNotDelivered: {
		says: '`sendMail` answers 202 with an empty body and a `request-id`: accepted, not delivered.',
		source: `${GRAPH_API}/user-sendmail`,
		certainty: 'documented',
	},
	retryAfterOn202: {
		says: 'A 202 may carry Retry-After all the same; the email must not be sent again.',
		source: `${GITHUB}/microsoftgraph/msgraph-sdk-java/issues/1487`,
		certainty: 'reported',
	},
	otherSuccess: {
		says: 'An answer of `sendMail` with another 2xx, such as 200, was seen and proves nothing: the outcome is unknown.',
		source: USERS,
		certainty: 'reported',
	},
	copyInSentItems: {
		says: 'The copy in Sent Items is kept unless `saveToSentItems` is false.',
		source: `${GRAPH_API}/user-sendmail`,
		certainty: 'documented',
	},
	mimeForm: {
		says: '`sendMail` also takes an email as base64 of a MIME message.',
		source: `${GRAPH_API}/user-sendmail`,
		certainty: 'documented',
	},
	badAddressComesBack: {
		says: 'An address that does not exist is accepted, and comes back to the inbox of the sender.',
		source: `${GRAPH_API}/user-sendmail`,
		certainty: 'documented',
		notModelled: 'the sandbox delivers nothing',
	},
	namesSurvive: {
		says: 'A display name with a comma, an accent or an emoji arrives as it was written.',
		source: `${GRAPH_API}/resources/emailaddress`,
		certainty: 'documented',
	},
	recipientLimit: {
		says: 'A message has at most 500 recipients unless an Exchange administrator changes that.',
		source: EXCHANGE_LIMITS,
		certainty: 'documented',
	},
	sharedMailbox: {
		says: 'With Mail.Send.Shared and Send As or Send on Behalf, `/me/sendMail` with `from` sends from the other mailbox.',
		source: `${LEARN}/graph/outlook-send-mail-from-other-user`,
		certainty: 'documented',
	},
	importance: {
		says: '`importance` shows as the red or blue mark of Outlook.',
		source: `${GRAPH_API}/resources/message`,
		certainty: 'documented',
	},
	sensitivity: {
		says: 'The property `Integer 0x36` shows as the sensitivity of the email.',
		source: USERS,
		certainty: 'reported',
	},
	propertyIds: {
		says: 'An extended property has an ID of a known form, such as `SystemTime 0x3FEF`.',
		source: `${GRAPH_API}/resources/extended-properties-overview`,
		certainty: 'documented',
	},
	deferredThroughDraft: {
		says: 'A draft with `SystemTime 0x3FEF` and `SystemTime 0x000F` is delivered at that time, once.',
		source: `${GITHUB}/openonion/connectonion/issues/1198`,
		certainty: 'reported',
	},
	deferredThroughSendMail: {
		says: 'The property `SystemTime 0x3FEF` delays an email that `sendMail` sends.',
		source: `${GITHUB}/O365/python-o365/issues/1208`,
		certainty: 'reported',
	},
	deferredTwice: {
		says: 'On a personal Outlook.com account, a deferred email through `sendMail` is delivered twice.',
		source: `${GITHUB}/openonion/connectonion/issues/1198`,
		certainty: 'reported',
		notModelled: 'the sandbox has work accounts only',
	},
	followUpFlag: {
		says: 'A flag with start and due date shows at the email; a due date needs a start date.',
		source: `${GRAPH_API}/resources/followupflag`,
		certainty: 'documented',
	},
	customHeaders: {
		says: 'Headers whose names begin with x- arrive.',
		source: `${GRAPH_API}/resources/internetmessageheader`,
		certainty: 'documented',
	},
	fiveHeaders: {
		says: 'A sixth custom header is refused with `InvalidInternetMessageHeaderCollection`.',
		source: USERS,
		certainty: 'reported',
	},
	receipts: {
		says: 'Read and delivery receipts are asked for.',
		source: `${GRAPH_API}/resources/message`,
		certainty: 'documented',
	},
	inlineImage: {
		says: 'A file with `isInline` and a `contentId` is shown where the body names it by `cid:`.',
		source: `${GRAPH_API}/resources/fileattachment`,
		certainty: 'documented',
	},

	// Drafts and large files
	draftsNeedReadWrite: {
		says: 'Drafts, their attachments and upload sessions need Mail.ReadWrite; sending a draft needs Mail.Send.',
		source: `${GRAPH_API}/user-post-messages`,
		certainty: 'documented',
	},
	draftIsCopied: {
		says: 'A draft that is sent always leaves a copy in Sent Items.',
		source: `${GRAPH_API}/message-send`,
		certainty: 'documented',
	},
	draftLag: {
		says: 'A draft that was made a moment ago may be answered with 404 `ErrorItemNotFound`.',
		source: `${USERS}, 2025 and 2026`,
		certainty: 'reported',
	},
	requestLimit: {
		says: 'A request is at most 4 MB; a larger one is answered with 413.',
		source: `${GRAPH_API}/user-sendmail`,
		certainty: 'documented',
	},
	tooLargeAs400: {
		says: 'A request above 4 MB is also answered with 400, *The maximum request length supported is 4MB*.',
		source: USERS,
		certainty: 'reported',
	},
	largeFileThroughDraft: {
		says: 'With Mail.ReadWrite, a draft takes files of 3 to 150 MB through an upload session and is then sent.',
		source: LARGE_FILES,
		certainty: 'documented',
	},
	smallSessionRefused: {
		says: 'An upload session for a file below 3 MB is refused.',
		source: USERS,
		certainty: 'reported',
	},
	uploadRanges: {
		says: 'Ranges are uploaded in order, each below 4 MB and without an Authorization header; 201 ends the upload.',
		source: LARGE_FILES,
		certainty: 'documented',
	},
	uploadCasing: {
		says: 'The upload host writes `nextExpectedRanges` or `NextExpectedRanges`.',
		source: USERS,
		certainty: 'reported',
	},
	uploadIntermediate: {
		says: 'The upload host answers a range that is not the last with 200; other hosts of Microsoft answer 202.',
		source: OURS,
		certainty: 'unconfirmed',
	},

	// Replies
	replyNeedsSend: {
		says: '`reply`, `replyAll` and `forward` need Mail.Send and answer 202 without an ID.',
		source: `${GRAPH_API}/message-reply`,
		certainty: 'documented',
	},
	replyToHonored: {
		says: 'A reply goes to the Reply-To of the original.',
		source: `${GRAPH_API}/message-reply`,
		certainty: 'documented',
	},
	commentExcludesBody: {
		says: '`comment` and the body of `message` exclude each other (400).',
		source: `${GRAPH_API}/message-reply`,
		certainty: 'documented',
	},
	htmlInComment: {
		says: 'HTML in `comment` is kept, above the quoted history.',
		source: USERS,
		certainty: 'reported',
	},
	bodyLosesHistory: {
		says: 'A reply with a body in `message` loses the quoted history.',
		source: USERS,
		certainty: 'reported',
	},
	filesInReply: {
		says: 'A reply takes files in `message`, within the 4 MB of a request.',
		source: OURS,
		certainty: 'unconfirmed',
	},

	// Limits and errors
	errorBody: {
		says: 'An error has `code`, `message` and `innerError` with date and request IDs.',
		source: `${LEARN}/graph/errors`,
		certainty: 'documented',
	},
	fourAtOnce: {
		says: 'Graph serves four requests at a time; what is above is answered 429 with Retry-After, and nothing is lost.',
		source: LIMITS,
		certainty: 'documented',
	},
	limitPerMailbox: {
		says: 'That limit is counted for an app and mailbox (*MailboxConcurrency*), not for an app alone.',
		source: `${GITHUB}/microsoftgraph/microsoft-graph-docs/issues/7478`,
		certainty: 'reported',
	},
	thirtyAMinute: {
		says: 'Exchange delivers 30 messages a minute from one mailbox: it accepts more with 202 and delays them.',
		source: EXCHANGE_LIMITS,
		certainty: 'documented',
	},
	dailyLimitsBounce: {
		says: 'Limits of a day come as a non-delivery report after the 202 (5.2.2, 5.7.232, 5.7.233, 5.7.236, 5.1.8).',
		source: EXCHANGE_LIMITS,
		certainty: 'documented',
		notModelled: 'the sandbox delivers nothing',
	},
	takenDespite504: {
		says: 'A 504 may come although the email was taken; sending again delivers it once more.',
		source: USERS,
		certainty: 'reported',
	},
	probeWithoutRecipients: {
		says: 'An email without recipients is refused with 400 `ErrorInvalidRecipients` only when token, permission and mailbox are in order.',
		source: OURS,
		certainty: 'unconfirmed',
	},
	invalidRecipientsAtTimes: {
		says: '`ErrorInvalidRecipients` also comes once in a while for valid recipients.',
		source: `${GITHUB}/microsoftgraph/msgraph-sdk-dotnet/issues/1891`,
		certainty: 'reported',
	},
} as const satisfies Record<string, Fact>;

export type FactName = keyof typeof FACTS;

export const FACT_NAMES = Object.keys(FACTS) as FactName[];

/** Which of them only Microsoft's own answers can settle. */
export const UNCERTAIN_FACTS = FACT_NAMES.filter((name) => FACTS[name].certainty !== 'documented');
