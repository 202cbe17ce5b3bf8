import { randomBytes } from 'node:crypto';
import type { Application } from '../directory';
import type { AuthorizationCode } from './grants';
import type { TenantPath } from './tenantPath';

/** An authorize request that has been checked, while the person is on the pages. */
export interface SignInFlow {
	readonly id: string;
	/** The tenant as it stood in the path. */
	readonly segment: string;
	readonly path: TenantPath;
	readonly app: Application;
	readonly redirectUri: string;
	readonly scopes: readonly string[];
	readonly prompt: string | undefined;
	readonly loginHint: string | undefined;
	readonly state: string | undefined;
	readonly nonce: string | undefined;
	readonly challenge: AuthorizationCode['challenge'];
	/** Object ID of the account that signed in, once it has. */
	accountId?: string;
}

/** Flows by id, and the accounts signed in by browser session. */
export class SignInFlows {
	private readonly flows = new Map<string, SignInFlow>();
	private readonly sessions = new Map<string, Set<string>>();

	begin(flow: Omit<SignInFlow, 'id'>): SignInFlow {
		const started = { ...flow, id: randomBytes(24).toString('base64url') };
		this.flows.set(started.id, started);
		return started;
	}

	find(id: string | undefined): SignInFlow | undefined {
		return id === undefined ? undefined : this.flows.get(id);
	}

	end(flow: SignInFlow): void {
		this.flows.delete(flow.id);
	}

	/** Object IDs of the accounts that this browser signed in with. */
	accountsOf(session: string | undefined): readonly string[] {
		return session === undefined ? [] : [...(this.sessions.get(session) ?? [])];
	}

	/** Remembers the account in the browser's session; answers the session's id. */
	remember(session: string | undefined, accountId: string): string {
		const known = session !== undefined && this.sessions.has(session) ? session : undefined;
		const id = known ?? randomBytes(24).toString('base64url');
		this.sessions.set(id, new Set([...(this.sessions.get(id) ?? []), accountId]));
		return id;
	}
}
