import type { CloudSettings } from './cloud';
import { exchange } from './control/exchange';
import type { Directory } from './directory';
import type { FaultName, FaultSettings } from './faults/catalogue';
import type { ActiveFault } from './faults/faults';
import type { Counters, RequestRecord } from './journal/journal';
import type { AcceptedMail } from './outbox/outbox';
import { signIn, type SignInInput } from './person/signIn';

/** As it arrives through JSON. */
type Received<T> = T extends Date
	? string
	: T extends Set<infer Member>
		? Member[]
		: T extends (...parameters: never[]) => unknown
			? never
			: T extends object
				? { [Key in keyof T]: Received<T[Key]> }
				: T;

export interface SandboxState {
	readonly loginOrigin: string;
	readonly graphOrigin: string;
	readonly settings: CloudSettings;
	readonly counters: Counters;
	readonly faults: ActiveFault[];
	readonly outboxCount: number;
	/** Without the content of attachments. */
	readonly outbox: Received<AcceptedMail>[];
	readonly requests: Received<RequestRecord>[];
}

/** The switches of a sandbox that runs in a process of its own (`npm run sandbox`). */
export function connectSandbox(loginOrigin: string, caCertificatePem?: string) {
	const call = async <Answer>(name: string, body?: unknown) =>
		await exchange<Answer>(new URL(`/sandbox/${name}`, loginOrigin), caCertificatePem, body);
	return {
		state: async () => await call<SandboxState>('state'),
		/** Cheaper than the state: nothing grows with the number of mails. */
		counters: async () => await call<Counters & { outboxCount: number }>('counters'),
		directory: async () =>
			await call<Received<Pick<Directory, 'tenants' | 'apps' | 'accounts' | 'mailboxes'>>>(
				'directory',
			),
		/** `true` switches on with defaults, `false` off. */
		faults: async (switches: Partial<Record<FaultName, FaultSettings | boolean>>) =>
			await call<ActiveFault[]>('faults', switches),
		settings: async (changes: Partial<CloudSettings>) =>
			await call<CloudSettings>('settings', changes),
		reset: async () => await call('reset', {}),
		expireAccessTokens: async (appId?: string) => await call('expire-access-tokens', { appId }),
		revokeRefreshTokens: async (appId?: string) => await call('revoke-refresh-tokens', { appId }),
		signIn: async (input: SignInInput) =>
			await signIn({ ...(caCertificatePem === undefined ? {} : { caCertificatePem }), ...input }),
	};
}

export type RemoteSandbox = ReturnType<typeof connectSandbox>;
