import type { FastifyRequest } from 'fastify';
import type { Cloud } from '../cloud';
import { GraphRefusal } from './graphError';

/**
 * At most four requests at a time for an app ID, whichever mailboxes they are for
 * (learn.microsoft.com/graph/throttling-limits, "Outlook service limits"). D
 */
export class Concurrency {
	private readonly inFlight = new Map<string, number>();
	private readonly held = new WeakMap<FastifyRequest, string>();

	constructor(private readonly cloud: Cloud) {}

	enter(request: FastifyRequest, appId: string): void {
		const { settings, journal } = this.cloud;
		const others = this.inFlight.get(appId) ?? 0;
		journal.counters.peakConcurrency = Math.max(journal.counters.peakConcurrency, others + 1);
		if (others >= settings.concurrencyLimit) {
			throw new GraphRefusal(
				429,
				'ApplicationThrottled',
				'Application is over its MailboxConcurrency limit.',
				{ 'Retry-After': String(settings.concurrencyRetryAfterSeconds) },
			);
		}
		this.inFlight.set(appId, others + 1);
		this.held.set(request, appId);
	}

	/** When the answer is about to leave: a client cannot have its next request there earlier. */
	leave(request: FastifyRequest): void {
		const appId = this.held.get(request);
		if (appId === undefined) return;
		this.held.delete(request);
		this.inFlight.set(appId, Math.max(0, (this.inFlight.get(appId) ?? 0) - 1));
	}
}
