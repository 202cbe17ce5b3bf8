import {
	kindOf,
	type FaultName,
	type FaultSettings,
	type Operation,
	type Stage,
} from './catalogue';

export interface ActiveFault {
	readonly name: FaultName;
	readonly settings: Readonly<FaultSettings>;
	/** Matching requests so far, those that passed among them. */
	seen: number;
	/** Requests that it has struck. */
	struck: number;
}

/** Stops and resumes listening, for `refuseConnections`. */
export interface ListenerSwitch {
	pause(host: 'graph' | 'upload'): void;
	/** At both hosts. */
	resume(): Promise<void>;
}

const GRANT_OF: Partial<Record<FaultName, string>> = { revokedRefreshToken: 'refresh_token' };

/** The switches. A fault that has struck `times` requests stays listed and strikes no more. */
export class Faults {
	/** By name and, where it is for one only, by application. */
	private readonly active = new Map<string, ActiveFault>();

	constructor(private readonly listener: ListenerSwitch) {}

	/** Takes effect at once. Switching on again starts counting anew. */
	switchOn(name: FaultName, settings: FaultSettings = {}): void {
		const kind = kindOf(name);
		if (kind.stage === 'listener' && (settings.times ?? settings.after) !== undefined) {
			throw new Error(`${name} cannot count requests that never arrive: use dropOnConnect`);
		}
		this.active.set(`${name} ${settings.clientId ?? ''}`, {
			name,
			settings: { ...kind.defaults, ...settings },
			seen: 0,
			struck: 0,
		});
		if (kind.stage !== 'listener') return;
		this.listener.pause(settings.operation === 'uploadRange' ? 'upload' : 'graph');
	}

	/**
	 * One, whichever applications it is for, or all. Resolves when both hosts listen again, which only
	 * `refuseConnections` makes wait.
	 */
	async switchOff(name?: FaultName): Promise<void> {
		let paused = false;
		for (const [key, fault] of this.active) {
			if (name !== undefined && fault.name !== name) continue;
			this.active.delete(key);
			if (kindOf(fault.name).stage === 'listener') paused = true;
		}
		if (paused) await this.listener.resume();
	}

	list(): ActiveFault[] {
		return [...this.active.values()];
	}

	/** The first fault that strikes here and now; asking counts the request. */
	take(stage: Stage, operation: Operation, taken = false): ActiveFault | undefined {
		for (const fault of this.active.values()) {
			if (kindOf(fault.name).stage !== stage) continue;
			if (stage === 'answer' && (fault.settings.taken ?? false) !== taken) continue;
			if (matches(fault, operation) && strikes(fault)) return fault;
		}
		return undefined;
	}

	/** A fault of the connection itself, before any operation is known. */
	takeConnection(): ActiveFault | undefined {
		for (const fault of this.active.values()) {
			if (kindOf(fault.name).stage === 'connect' && strikes(fault)) return fault;
		}
		return undefined;
	}

	/** The AADSTS code with which the token endpoint has to refuse this grant, if any. */
	takeRefusal(grantType: string | undefined, clientId: string | undefined): number | undefined {
		for (const fault of this.active.values()) {
			if (kindOf(fault.name).stage !== 'refusal') continue;
			const { clientId: onlyClient = clientId } = fault.settings;
			const { [fault.name]: onlyGrant = grantType } = GRANT_OF;
			if (onlyClient !== clientId || onlyGrant !== grantType) continue;
			if (strikes(fault)) return fault.settings.code;
		}
		return undefined;
	}
}

function matches({ settings }: ActiveFault, operation: Operation): boolean {
	const { operation: wanted } = settings;
	if (wanted === undefined) return operation !== 'token';
	return typeof wanted === 'string' ? wanted === operation : wanted.includes(operation);
}

function strikes(fault: ActiveFault): boolean {
	fault.seen += 1;
	if (fault.seen <= (fault.settings.after ?? 0)) return false;
	if (fault.struck >= (fault.settings.times ?? Number.POSITIVE_INFINITY)) return false;
	fault.struck += 1;
	return true;
}
