import { KeysUnderWay } from './keysUnderWay';
import { MarkQueue } from './markQueue';
import { WritersTurn, type LockRows } from './writersTurn';

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
	turn: WritersTurn | undefined;
}

const scopes = new Map<string, UsedScope>();

/**
 * Whoever enters a scope leaves it when the execution ends.
 *
 * @param rows keep other processes out; without them, only this process takes turns
 */
export function enterScope(name: string, rows?: LockRows): Scope {
	const scope = scopes.get(name) ?? createScope(rows);
	scope.users += 1;
	scopes.set(name, scope);
	return scope;
}

export async function leaveScope(name: string): Promise<void> {
	const scope = scopes.get(name);
	if (!scope) return;
	scope.users -= 1;
	if (scope.users > 0) return;
	scopes.delete(name);
	await scope.turn?.leave();
}

function createScope(rows: LockRows | undefined): UsedScope {
	const turn = rows && new WritersTurn(rows);
	const moreToCome = (callMs: number) => scope.sending > 0 && scope.lastSendMs <= callMs * SOON;
	const scope: UsedScope = {
		turn,
		queue: new MarkQueue(moreToCome, turn),
		underWay: new KeysUnderWay(),
		sending: 0,
		lastSendMs: Infinity,
		users: 0,
	};
	return scope;
}
