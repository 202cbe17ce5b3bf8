import type { FastifyRequest } from 'fastify';
import type { Cloud } from '../cloud';
import { GraphRefusal } from './graphError';
import type { Caller } from './sender';

/** What Graph counts simultaneous requests for. */
export type ConcurrencyScope = 'mailbox' | 'app';

/**
 * At most four requests at a time for an app ID and mailbox, as Microsoft's documents of most years say
 * and as field tests found, or for an app ID whichever mailboxes they are for, as they said in between.
 * @cites fourAtOnce, limitPerMailbox
 */
export class Concurrency {
	private readonly inFlight = new Map<string, number>();
	private readonly held = new WeakMap<FastifyRequest, string>();

	constructor(private readonly cloud: Cloud) {}

	enter(request: FastifyRequest, { access, account }: Caller): void {
		const { settings, journal } = this.cloud;
		const key = settings.concurrencyPer === 'app' ? access.appId : `${access.appId} ${account.id}`;
		const others = this.inFlight.get(key) ?? 0;
		journal.counters.peakConcurrency = Math.max(journal.counters.peakConcurrency, others + 1);
		if (others >= settings.concurrencyLimit) {
			throw new GraphRefusal(
				429,
				'ApplicationThrottled',
				'Application is over its MailboxConcurrency limit.',
				{ 'Retry-After': String(settings.concurrencyRetryAfterSeconds) },
			);
		}
		this.inFlight.set(key, others + 1);
		this.held.set(request, key);
	}

	/** When the answer is about to leave: a client cannot have its next request there earlier. */
	leave(request: FastifyRequest): void {
		const key = this.held.get(request);
		if (key === undefined) return;
		this.held.delete(request);
		this.inFlight.set(key, Math.max(0, (this.inFlight.get(key) ?? 0) - 1));
	}
}
