import type { IExecuteFunctions } from 'n8n-workflow';
import type { Clock } from '../facts/clock';
import type { KnownSecrets } from '../facts/knownSecrets';
import type { Mail } from '../mail/mail';
import { createAccessTokens } from './accessToken';
import { openConnectionPool } from './connectionPool';
import { DraftedMail, pathOf, removeLeftDrafts, type DraftOrder, type DraftsFolder } from './draft';
import type { Exchange } from './exchange';
import { createGraphClient } from './graphClient';
import { hostCarrier, signingHostCarrier } from './hostCarrier';
import type { TimeLimits } from './httpExchange';
import { goesThroughProxy, readEgressRules, type Environment } from './network';
import { createTransport, type Carrier, type Transport } from './transport';

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

interface MailboxSettings {
	credentialType: string;
	graphOrigin: string;
	/** Where the token is renewed. */
	loginOrigin?: string;
	/** Why this n8n cannot renew the token, where that is known beforehand. */
	cannotRenew?: Error | undefined;
	/** The secrets of the credential; learns the tokens that are renewed. */
	app?: { secrets?: KnownSecrets | undefined };
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
	const { credentialType, graphOrigin, loginOrigin, cannotRenew, app, limits, clock } = settings;
	const secrets = app?.secrets;
	const { refreshOAuth2Token } = context.helpers as Partial<typeof context.helpers>;
	if (!refreshOAuth2Token) {
		const carrier = signingHostCarrier(context, { credentialType, cannotRenew, secrets });
		return createTransport(carrier, { graphOrigin });
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
	const tokens = createAccessTokens(context, credentialType, {
		...{ secrets, cannotRenew, clock, limitMs: limits?.token },
	});
	return createTransport(carrier, { graphOrigin, loginOrigin, tokens });
}
