import { X509Certificate } from 'node:crypto';
import type { Configuration, INetworkModule } from '@azure/msal-node';
import { readTokenError, type SignInFailure } from '../facts/signInFailure';
import type { Connection, CredentialData } from './connection';
import { readObject, type HostHttp, type HttpAnswer } from './hostHttp';

/** What the token endpoint said to the application. */
export type AppAnswer =
	| { kind: 'accepted' }
	| { kind: 'refused'; said: SignInFailure }
	| { kind: 'noAnswer'; cause: unknown }
	/** Secret, certificate or key are such that nothing could be asked. */
	| { kind: 'unusable' };

/** The application itself, as Entra ID sees it when it proves who it is. */
export interface AppClient {
	/** Asks for a token for the application alone; it is thrown away. Needs a tenant of its own. */
	proveItself(): Promise<AppAnswer>;
	/** Asks for a token as the linked person; it is thrown away. */
	renew(refreshToken: string): Promise<AppAnswer>;
}

/**
 * MSAL Node over n8n's HTTP helper. MSAL composes the request (client secret, or the signed proof
 * with a certificate), n8n carries it.
 *
 * @param metadata the tenant's openid-configuration
 */
export async function openAppClient(
	connection: Connection,
	credential: CredentialData,
	metadata: Record<string, unknown>,
	http: HostHttp,
): Promise<AppClient> {
	const { ConfidentialClientApplication } = await import('@azure/msal-node');
	const { loginOrigin, graphOrigin, tenant, clientId } = connection;
	const { host } = new URL(loginOrigin);

	async function ask(
		request: (client: InstanceType<typeof ConfidentialClientApplication>) => Promise<unknown>,
	): Promise<AppAnswer> {
		const network = createNetwork(http);
		try {
			const client = new ConfidentialClientApplication({
				auth: {
					clientId,
					// MSAL takes https authorities only; plain http is for this machine itself, where the
					// endpoints below are what is called.
					authority: `https://${host}/${tenant}`,
					knownAuthorities: [host],
					authorityMetadata: JSON.stringify(metadata),
					...readProof(credential),
				},
				system: { networkClient: network },
			});
			await request(client);
			return { kind: 'accepted' };
		} catch (cause) {
			if (!network.asked) return { kind: 'unusable' };
			const said = readTokenError(readObject(network.lastAnswer?.text ?? ''));
			return said ? { kind: 'refused', said } : { kind: 'noAnswer', cause };
		}
	}

	return {
		proveItself: async () =>
			await ask(
				async (client) =>
					await client.acquireTokenByClientCredential({
						scopes: [`${graphOrigin}/.default`],
						skipCache: true,
					}),
			),
		renew: async (refreshToken) =>
			await ask(
				async (client) =>
					await client.acquireTokenByRefreshToken({ refreshToken, scopes: ['Mail.Send'] }),
			),
	};
}

/** @throws {Error} for a certificate that is none */
function readProof(
	credential: CredentialData,
): Pick<Configuration['auth'], 'clientSecret' | 'clientCertificate'> {
	if (credential.clientCredentialType !== 'certificate') {
		return { clientSecret: String(credential.clientSecret ?? '') };
	}
	const { fingerprint256 } = new X509Certificate(String(credential.certificate ?? ''));
	return {
		clientCertificate: {
			thumbprintSha256: fingerprint256.replaceAll(':', ''),
			privateKey: String(credential.privateKey ?? ''),
		},
	};
}

interface ListeningNetwork extends INetworkModule {
	asked: boolean;
	lastAnswer?: HttpAnswer;
}

/** MSAL's network client, which also keeps the last answer: MSAL's own errors drop parts of it. */
function createNetwork(http: HostHttp): ListeningNetwork {
	const network: ListeningNetwork = {
		asked: false,
		sendGetRequestAsync: async (url, options) => await send('GET', url, options),
		sendPostRequestAsync: async (url, options) => await send('POST', url, options),
	};
	async function send<T>(
		method: 'GET' | 'POST',
		url: string,
		options?: { headers?: Record<string, string>; body?: string },
	) {
		network.asked = true;
		const answer = await http({ method, url, headers: options?.headers, body: options?.body });
		network.lastAnswer = answer;
		return { status: answer.status, headers: answer.headers, body: readObject(answer.text) as T };
	}
	return network;
}
