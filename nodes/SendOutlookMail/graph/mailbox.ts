import type { IExecuteFunctions } from 'n8n-workflow';
import type { Clock } from '../facts/clock';
import type { Mail } from '../mail/mail';
import { HostTokens, type TokenOwner } from './accessToken';
import { openConnectionPool, type TimeLimits } from './connectionPool';
import { DraftedMail, pathOf, removeLeftDrafts, type DraftOrder, type DraftsFolder } from './draft';
import type { Exchange } from './exchange';
import { createGraphClient } from './graphClient';
import { hostCarrier, signingHostCarrier } from './hostCarrier';
import { goesThroughProxy, readEgressRules, type Environment } from './network';
import { createTransport, type Carrier, type Transport, type TransportSettings } from './transport';

/** The linked person's mailbox at the Graph host of the credential. */
export class Mailbox {
	constructor(private readonly folder: DraftsFolder) {}

	/**
	 * Asks Graph to send an email, or to answer or forward a message of the mailbox; Graph then adds the
	 * history to the comment, and the message has no body, which would replace the history. 202 means
	 * accepted.
	 * https://learn.microsoft.com/graph/api/user-sendmail
	 * https://learn.microsoft.com/graph/api/message-reply
	 */
	async sendMail(
		{ message, saveToSentItems, answer }: Pick<Mail, 'message' | 'saveToSentItems' | 'answer'>,
		clientRequestId: string,
		signal?: AbortSignal,
	): Promise<Exchange> {
		const resource = answer ? `${pathOf(answer.messageId)}/${answer.mode}` : '/me/sendMail';
		const body = answer ? { comment: answer.comment, message } : { message, saveToSentItems };
		return await this.folder.graph('POST', resource, { clientRequestId, signal }, { body });
	}

	/** Gets a token before a request needs it. @returns why there is none */
	async prepare(signal: AbortSignal): Promise<Exchange | undefined> {
		return await this.folder.transport.prepare?.(signal);
	}

	/** An email that is sent as a draft; nothing happens before its first attempt. */
	draftMail(order: DraftOrder): DraftedMail {
		return new DraftedMail(this.folder, order);
	}

	/**
	 * Tries once more to remove the drafts that are not sent and could not be removed.
	 *
	 * @returns how many stay in the Drafts folder
	 */
	async removeLeftDrafts(): Promise<number> {
		return await removeLeftDrafts(this.folder);
	}

	close(): void {
		this.folder.transport.close();
	}
}

export async function openMailbox(
	graphOrigin: string,
	transport: Transport,
	clock: Clock,
): Promise<Mailbox> {
	const graph = await createGraphClient(graphOrigin, transport);
	return new Mailbox({ graph, transport, clock, left: new Set() });
}

/** In milliseconds. */
export interface TransportLimits extends TimeLimits {
	/** How long a token is waited for. */
	token: number;
}

interface MailboxSettings extends TokenOwner, Omit<TransportSettings, 'tokens'> {
	/** How many requests may be in flight at once. */
	simultaneous: number;
	limits?: Partial<TransportLimits> | undefined;
	clock: Clock;
}

/**
 * Chooses how requests are made: over connections of our own, which stay open between emails, or
 * through n8n's request helper, which makes a new one for each. The helper is used for a host for
 * which a proxy is set, since it knows how to speak to proxies, and in an older n8n that does not show
 * its egress rules. Graph and the host of uploads may differ in this.
 */
export function openTransport(
	context: Pick<IExecuteFunctions, 'getCredentials' | 'getNode' | 'helpers'>,
	settings: MailboxSettings,
	environment: Environment = process.env,
): Transport {
	const { graphOrigin, loginOrigin, limits, clock } = settings;
	const { refreshOAuth2Token } = context.helpers as Partial<typeof context.helpers>;
	if (!refreshOAuth2Token) {
		return createTransport(signingHostCarrier(context, settings), { graphOrigin });
	}
	const egress = readEgressRules(context);
	const throughHost = hostCarrier(context);
	const pool =
		egress && openConnectionPool({ connections: settings.simultaneous, egress, limits, clock });
	const carrierTo = (url: string) =>
		pool && !goesThroughProxy(new URL(url), environment) ? pool : throughHost;
	const carrier: Carrier = {
		carry: async (request, signal) => await carrierTo(request.url).carry(request, signal),
		close: () => pool?.close(),
	};
	const tokens = new HostTokens(context, settings, clock, limits?.token);
	return createTransport(carrier, { graphOrigin, loginOrigin, tokens });
}
