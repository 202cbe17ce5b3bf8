import type { Directory } from './directory';
import type { AccessTokens } from './entra/accessTokens';
import type { Consents } from './entra/consents';
import type { Grants } from './entra/grants';
import type { SignInFlows } from './entra/signInFlow';
import type { Faults } from './faults/faults';
import type { ConcurrencyScope } from './graph/concurrency';
import type { Drafts } from './graph/drafts';
import type { Inbox } from './graph/inbox';
import type { Journal } from './journal/journal';
import type { Outbox } from './outbox/outbox';

export interface CloudSettings {
	latencyMs: number;
	concurrencyLimit: number;
	/** What the limit is counted for: each mailbox of an app, or an app with all its mailboxes. */
	concurrencyPer: ConcurrencyScope;
	/** `Retry-After` of a request over the concurrency limit, in seconds. */
	concurrencyRetryAfterSeconds: number;
	accessTokenLifetimeSeconds: number;
	/** Stricter than Microsoft: a refresh token that was used is refused (AADSTS70000). */
	refreshTokensOnce: boolean;
	/** How the upload host writes names. @cites uploadCasing */
	uploadCasing: 'camelCase' | 'PascalCase';
	/** With which status it takes a range that is not the last. @cites uploadIntermediate */
	uploadRangeStatus: 200 | 202;
	/** Graph does not find a draft for so many milliseconds after it was made. @cites draftLag */
	draftLagMs: number;
}

/** All that the hosts of the sandbox share. */
export interface Cloud {
	readonly loginOrigin: string;
	readonly graphOrigin: string;
	/** Of upload sessions: a third host, as Outlook's. */
	readonly uploadOrigin: string;
	readonly settings: CloudSettings;
	readonly directory: Directory;
	readonly accessTokens: AccessTokens;
	readonly grants: Grants;
	readonly consents: Consents;
	readonly flows: SignInFlows;
	readonly faults: Faults;
	readonly journal: Journal;
	readonly outbox: Outbox;
	readonly drafts: Drafts;
	readonly inbox: Inbox;
}
