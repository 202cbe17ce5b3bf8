import { AppLanes, type LaneUser } from './appLanes';
import { SYSTEM_CLOCK, type Clock } from '../facts/clock';

/** Graph counts the requests of an app registration in a cloud, whichever mailbox they are for. */
export interface App {
	loginOrigin: string;
	clientId: string;
}

/** What was learnt of an app is kept this long after its last use, in milliseconds. */
const KEPT_MS = 60_000;

/** The apps that executions of this process use. */
export class LaneRegistry {
	private readonly apps = new Map<string, AppLanes>();

	constructor(private readonly clock: Clock = SYSTEM_CLOCK) {}

	get size(): number {
		return this.apps.size;
	}

	open({ loginOrigin, clientId }: App): LaneUser {
		this.forgetUnused();
		const key = `${loginOrigin} ${clientId}`;
		const lanes = this.apps.get(key) ?? new AppLanes(this.clock);
		this.apps.set(key, lanes);
		return lanes.open();
	}

	private forgetUnused(): void {
		for (const [key, lanes] of this.apps) {
			if (lanes.isIdleFor(KEPT_MS)) this.apps.delete(key);
		}
	}
}

/** Of this process. n8n loads the node once, so every execution finds the same. */
const registry = new LaneRegistry();

/** The lanes of an app; whoever opens them closes them when the execution ends. */
export function openLanes(app: App): LaneUser {
	return registry.open(app);
}
