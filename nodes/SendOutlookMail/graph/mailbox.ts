import type { IExecuteFunctions } from 'n8n-workflow';
import type { Clock } from '../facts/clock';
import type { Mail, MailAnswer } from '../mail/mail';
import type { Exchange } from './exchange';
import { openConnectionPool } from './connectionPool';
import { openGraphClient } from './graphClient';
import { DraftedMail, removeLeftDrafts, type DraftOrder } from './draft';
import type { KnownSecrets } from '../facts/knownSecrets';
import { createAccessTokens } from './accessToken';
import { createSigningHostTransport, hostCarrier } from './hostTransport';
import type { TimeLimits } from './httpExchange';
import { createTransport, type Transport } from './transport';
import { goesThroughProxy, readEgressRules, type Environment } from './network';

export interface Mailbox {
	/**
	 * Asks Graph to send an email from the linked person's mailbox. 202 means accepted.
	 * https://learn.microsoft.com/graph/api/user-sendmail
	 *
	 * @param clientRequestId a GUID of ours, by which Microsoft's support finds the request
	 */
	sendMail(
		mail: Pick<Mail, 'message' | 'saveToSentItems'>,
		clientRequestId: string,
		signal?: AbortSignal,
	): Promise<Exchange>;
	/**
	 * Answers or forwards a message of the mailbox; Graph adds the history to the comment. The message
	 * has no body, which would replace the history. 202 means accepted.
	 * https://learn.microsoft.com/graph/api/message-reply
	 */
	answer(
		answer: MailAnswer & Pick<Mail, 'message'>,
		clientRequestId: string,
		signal?: AbortSignal,
	): Promise<Exchange>;
	/** Gets a token before a request needs it. @returns why there is none */
	prepare(signal: AbortSignal): Promise<Exchange | undefined>;
	/** An email that is sent as a draft; nothing happens before its first attempt. */
	draftMail(order: DraftOrder): DraftedMail;
	/**
	 * Tries once more to remove the drafts that are not sent and could not be removed.
	 *
	 * @returns how many stay in the Drafts folder
	 */
	removeLeftDrafts(): Promise<number>;
	close(): void;
}

/** The linked person's mailbox at the Graph host of the credential. */
export async function openMailbox(
	graphOrigin: string,
	transport: Transport,
	clock: Clock,
): Promise<Mailbox> {
	const graph = await openGraphClient(graphOrigin, transport);
	const drafts = { graph, transport, clock, left: new Set<string>() };
	return {
		sendMail: async ({ message, saveToSentItems }, clientRequestId, signal) =>
			await graph.call('POST', '/me/sendMail', {
				headers: { 'client-request-id': clientRequestId },
				body: { message, saveToSentItems },
				signal,
			}),
		answer: async ({ messageId, mode, comment, message }, clientRequestId, signal) =>
			await graph.call('POST', `/me/messages/${encodeURIComponent(messageId)}/${mode}`, {
				headers: { 'client-request-id': clientRequestId },
				body: { comment, message },
				signal,
			}),
		draftMail: (order) => new DraftedMail(drafts, order),
		removeLeftDrafts: async () => await removeLeftDrafts(drafts),
		prepare: async (signal) => await transport.prepare?.(signal),
		close: () => transport.close(),
	};
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
		return createSigningHostTransport(context, {
			...{ credentialType, graphOrigin, cannotRenew, secrets },
		});
	}
	const egress = readEgressRules(context);
	const throughHost = hostCarrier(context);
	const pool =
		egress && openConnectionPool({ connections: settings.simultaneous, egress, limits, clock });
	const carrierTo = (url: string) =>
		pool && !goesThroughProxy(new URL(url), environment) ? pool : throughHost;
	return createTransport(
		{
			carry: async (request, signal) => await carrierTo(request.url).carry(request, signal),
			close: () => pool?.close(),
		},
		{
			...{ graphOrigin, loginOrigin },
			tokens: createAccessTokens(context, credentialType, {
				...{ secrets, cannotRenew, clock, limitMs: limits?.token },
			}),
		},
	);
}
