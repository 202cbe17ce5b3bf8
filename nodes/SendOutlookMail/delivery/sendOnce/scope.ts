import { KeysUnderWay } from './keysUnderWay';
import { MarkQueue } from './markQueue';

/** Whoever is done within this part of a call is worth waiting for. */
const SOON = 0.5;

/** What all executions of this process share for one node of one workflow. */
export interface Scope {
	queue: MarkQueue;
	underWay: KeysUnderWay;
	/** Keys that are being sent at the moment; each will have a mark to write. */
	sending: number;
	/** How long the last one took, in milliseconds. */
	lastSendMs: number;
}

interface UsedScope extends Scope {
	users: number;
}

const scopes = new Map<string, UsedScope>();

/** Whoever enters a scope leaves it when the execution ends. */
export function enterScope(name: string): Scope {
	const scope = scopes.get(name) ?? createScope();
	scope.users += 1;
	scopes.set(name, scope);
	return scope;
}

export function leaveScope(name: string): void {
	const scope = scopes.get(name);
	if (!scope) return;
	scope.users -= 1;
	if (scope.users === 0) scopes.delete(name);
}

function createScope(): UsedScope {
	const scope: UsedScope = {
		queue: new MarkQueue((callMs) => scope.sending > 0 && scope.lastSendMs <= callMs * SOON),
		underWay: new KeysUnderWay(),
		sending: 0,
		lastSendMs: Infinity,
		users: 0,
	};
	return scope;
}
