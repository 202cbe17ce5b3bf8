import type { IExecuteFunctions } from 'n8n-workflow';
import type { KnownSecrets } from '../facts/knownSecrets';
import { createAccessTokens } from './accessToken';
import { createHostTransport } from './hostTransport';
import { createPooledTransport, type TransportLimits } from './pooledTransport';
import { goesThroughProxy, readEgressRules, type Environment } from './networkRules';
import type { Transport } from './transport';

export interface TransportSettings {
	credentialType: string;
	graphOrigin: string;
	/** Where the token is renewed. */
	loginOrigin?: string;
	/** Why this n8n cannot renew the token, where that is known beforehand. */
	cannotRenew?: Error | undefined;
	/** The secrets of the credential; told of the tokens that are renewed. */
	app?: { secrets?: KnownSecrets | undefined };
	/** How many requests may be under way at once. */
	simultaneous: number;
	limits?: Partial<TransportLimits> | undefined;
}

type TransportContext = Pick<IExecuteFunctions, 'getCredentials' | 'getNode' | 'helpers'>;

/**
 * Chooses how requests are made: over connections of our own, which stay open between emails, or
 * through n8n's request helper, which makes a new one for each. The helper is used for a host for
 * which a proxy is set, since it knows how to speak to proxies, and in an older n8n that neither shows
 * its egress rules nor renews a token for a node. Graph and the host of uploads may differ in this.
 */
export function openTransport(
	context: TransportContext,
	settings: TransportSettings,
	environment: Environment = process.env,
): Transport {
	const { credentialType, graphOrigin, loginOrigin, cannotRenew, app, simultaneous, limits } =
		settings;
	const egress = readEgressRules(context);
	const { refreshOAuth2Token } = context.helpers as Partial<typeof context.helpers>;
	const throughHost = createHostTransport(context, {
		...{ credentialType, graphOrigin, loginOrigin, cannotRenew, egress, secrets: app?.secrets },
	});
	if (!egress || !refreshOAuth2Token) return throughHost;
	const direct = createPooledTransport({
		graphOrigin,
		loginOrigin,
		connections: simultaneous,
		tokens: createAccessTokens(context, credentialType, { secrets: app?.secrets }),
		egress,
		...(limits ? { limits } : {}),
	});
	const transportTo = (url: string) =>
		URL.canParse(url) && goesThroughProxy(new URL(url), environment) ? throughHost : direct;
	return {
		prepare: async (signal) => await transportTo(graphOrigin).prepare?.(signal),
		exchange: async (request, signal) => await transportTo(request.url).exchange(request, signal),
		close() {
			throughHost.close();
			direct.close();
		},
	};
}
