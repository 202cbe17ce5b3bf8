/** What can be made to fail, where in the exchange it happens, and what it means for the mail. */

export type Operation =
	| 'sendMail'
	| 'draft'
	| 'readDraft'
	| 'deleteDraft'
	| 'attachment'
	| 'uploadSession'
	| 'uploadRange'
	| 'send'
	| 'reply'
	| 'token';

export const OPERATIONS: readonly Operation[] = [
	'sendMail',
	'draft',
	'readDraft',
	'deleteDraft',
	'attachment',
	'uploadSession',
	'uploadRange',
	'send',
	'reply',
	'token',
];

/**
 * Where it strikes: `listener` and `connect` before a byte of the request, `receiving` while its
 * body arrives, `answer` when it was read (before the mail is taken, or after with `taken`),
 * `refusal` as an AADSTS error of the token endpoint.
 */
export type Stage = 'listener' | 'connect' | 'receiving' | 'answer' | 'refusal';

export interface FaultSettings {
	/** How many requests it strikes; unlimited if absent. */
	times?: number;
	/** How many matching requests pass before it strikes first. */
	after?: number;
	/** Only these; absent means every Graph operation, never `token`. */
	operation?: Operation | readonly Operation[];
	/** `true`: the request has taken effect (the mail is in the outbox) before the fault shows. */
	taken?: boolean;
	/** `Retry-After`: seconds, an HTTP date, any text, or null for none. */
	retryAfter?: number | string | Date | null;
	/** Only requests of this application; for the faults that refuse at the token endpoint. */
	clientId?: string;
	/** AADSTS code, for `anyAadsts` and `revokedRefreshToken`. */
	code?: number;
	/** Milliseconds, for `slowAnswer`. */
	milliseconds?: number;
	/** How much of the answer leaves, for `dropWhileAnswering`. */
	cut?: 'headers' | 'body';
	/** For `custom`; a Content-Length above the body's length ends in a broken connection. */
	status?: number;
	headers?: Readonly<Record<string, string>>;
	body?: string;
}

export interface FaultKind {
	readonly stage: Stage;
	readonly title: string;
	readonly defaults?: FaultSettings;
}

export const FAULTS = {
	throttle: {
		stage: 'answer',
		title: '429: too many requests (ApplicationThrottled)',
		defaults: { retryAfter: 1 },
	},
	unavailable503: {
		stage: 'answer',
		title: '503: service unavailable',
		defaults: { retryAfter: 1 },
	},
	expiredToken: { stage: 'answer', title: '401: the access token has expired' },
	error500: { stage: 'answer', title: '500: internal server error' },
	gateway502: { stage: 'answer', title: '502: bad gateway' },
	gateway504: { stage: 'answer', title: '504: gateway timeout' },
	/** @cites takenDespite504 */
	gateway504AfterTaken: {
		stage: 'answer',
		title: '504: gateway timeout, although the email was accepted',
		defaults: { taken: true },
	},
	quota507: { stage: 'answer', title: '507: the mailbox is full' },
	draftLag: { stage: 'answer', title: '404: the draft is not there yet' },
	/** @cites otherSuccess, retryAfterOn202, tooLargeAs400 */
	custom: { stage: 'answer', title: 'An answer of your own', defaults: { status: 200, body: '' } },
	slowAnswer: { stage: 'answer', title: 'Answers late', defaults: { milliseconds: 1000 } },
	hang: { stage: 'answer', title: 'Never answers' },
	hangAfterTaken: {
		stage: 'answer',
		title: 'Never answers, although the email was accepted',
		defaults: { taken: true },
	},
	dropBefore: { stage: 'answer', title: 'Connection cut after the request was read' },
	dropAfterTaken: {
		stage: 'answer',
		title: 'Connection cut after the email was accepted',
		defaults: { taken: true },
	},
	dropWhileAnswering: {
		stage: 'answer',
		title: 'Connection cut in the middle of the answer',
		defaults: { taken: true, cut: 'headers' },
	},
	dropWhileReceiving: { stage: 'receiving', title: 'Connection cut while the request arrives' },
	dropOnConnect: { stage: 'connect', title: 'Connection cut as soon as it opens' },
	/** With the operation `uploadRange`, at the upload host. */
	refuseConnections: { stage: 'listener', title: 'Graph refuses connections' },
	revokedRefreshToken: {
		stage: 'refusal',
		title: 'The refresh token was revoked',
		defaults: { code: 50173 },
	},
	expiredSecret: {
		stage: 'refusal',
		title: 'The client secret has expired',
		defaults: { code: 7000222 },
	},
	conditionalAccess: {
		stage: 'refusal',
		title: 'Conditional Access blocks the sign-in',
		defaults: { code: 53003 },
	},
	mfaRequired: {
		stage: 'refusal',
		title: 'A second factor is needed',
		defaults: { code: 50076 },
	},
	anyAadsts: {
		stage: 'refusal',
		title: 'Another AADSTS code',
		defaults: { code: 90033 },
	},
} as const satisfies Record<string, FaultKind>;

export type FaultName = keyof typeof FAULTS;

export const FAULT_NAMES = Object.keys(FAULTS) as FaultName[];

export function kindOf(name: FaultName): FaultKind {
	return FAULTS[name];
}
