import type { Configuration, INetworkModule } from '@azure/msal-node';
import type { IExecuteFunctions } from 'n8n-workflow';
import { X509Certificate } from 'node:crypto';
import type { CredentialData } from './application';
import { readJson, type JsonObject } from '../facts/json';
import { type SignInFailure, readTokenError } from '../facts/signInFailure';
import type { Connection } from './connection';
import { withSignIn, type Exchange } from '../graph/exchange';
import { requestThroughHost } from '../graph/hostTransport';
import type { GraphRequest } from '../graph/transport';
import type { RawAnswer } from '../graph/verdict';
import { definedEntries } from '../facts/redact';
import type { LinkedAccount } from './linkedAccount';

/** HTTP to the sign-in host and to no other, through n8n's proxy and egress rules. */
export type HostHttp = (
	request: Pick<GraphRequest, 'url'> & {
		method: 'GET' | 'POST';
		headers?: Record<string, string> | undefined;
		body?: string | undefined;
	},
) => Promise<RawAnswer>;

const TIMEOUT_MS = 30_000;

/** @param loginOrigin any other origin is refused: what is sent here proves an application */
export function createHostHttp(
	{ helpers }: Pick<IExecuteFunctions, 'helpers'>,
	loginOrigin: string,
): HostHttp {
	return async ({ method, url, headers = {}, body }) => {
		const { origin } = new URL(url);
		if (origin !== loginOrigin) throw new Error(`${origin} is not the sign-in host`);
		const request = { method, url, headers, ...definedEntries({ body }) };
		return await requestThroughHost(helpers, request, undefined, TIMEOUT_MS);
	};
}

/** What the sign-in host says of a tenant. */
export type TenantAnswer =
	| { kind: 'found'; metadata: JsonObject; serverTime: Date | undefined }
	| { kind: 'refused'; said: SignInFailure; serverTime: Date | undefined }
	/** It names an endpoint of another host, to which neither secret nor token may go. */
	| { kind: 'foreign'; host: string; serverTime: Date | undefined }
	| { kind: 'noAnswer'; cause: unknown };

/** https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc#fetch-the-openid-configuration-document */
export async function askForTenant(
	{ loginOrigin, tenant }: Connection,
	http: HostHttp,
): Promise<TenantAnswer> {
	try {
		const {
			status,
			headers,
			body: text,
		} = await http({
			method: 'GET',
			url: `${loginOrigin}/${tenant}/v2.0/.well-known/openid-configuration`,
		});
		const body = readJson(text) ?? {};
		const serverTime = readTime(headers.date);
		if (typeof body.token_endpoint === 'string') {
			const foreign = [body.token_endpoint, body.authorization_endpoint]
				.map(originOf)
				.find((origin) => origin !== loginOrigin);
			if (foreign !== undefined) return { kind: 'foreign', host: foreign, serverTime };
			return { kind: 'found', metadata: body, serverTime };
		}
		const said = readTokenError(body);
		if (said) return { kind: 'refused', said, serverTime };
		return { kind: 'noAnswer', cause: new Error(`The sign-in host answered ${status}`) };
	} catch (cause) {
		return { kind: 'noAnswer', cause };
	}
}

function originOf(url: unknown): string {
	const text = typeof url === 'string' ? url : '';
	return URL.canParse(text) ? new URL(text).origin : 'no host';
}

function readTime(value: string | undefined): Date | undefined {
	const time = new Date(value ?? '');
	return Number.isNaN(time.getTime()) ? undefined : time;
}

/** What the token endpoint said to the application. */
export type AppAnswer =
	| { kind: 'accepted' }
	| { kind: 'refused'; said: SignInFailure }
	| { kind: 'noAnswer'; cause: unknown }
	/** Secret, certificate or key are such that nothing could be asked. */
	| { kind: 'unusable' };

/** The application itself, as Entra ID sees it when it proves who it is. */
interface AppClient {
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
	metadata: JsonObject,
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
			const said = readTokenError(readJson(network.lastAnswer?.body ?? ''));
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
	lastAnswer?: RawAnswer;
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
		return { ...answer, headers: { ...answer.headers }, body: (readJson(answer.body) ?? {}) as T };
	}
	return network;
}

type Context = Pick<IExecuteFunctions, 'helpers' | 'getCredentials'>;

/**
 * n8n keeps to itself why Entra ID refused to renew a token (`invalid_grant`). The same question is
 * asked once more, so that the designer reads Microsoft's reason. A token that came after all would
 * be thrown away, and n8n's stays valid: Microsoft does not revoke a refresh token when it is used.
 * https://learn.microsoft.com/entra/identity-platform/refresh-tokens
 *
 * @returns the exchange with the reason where it could be learned, else the same exchange
 */
export async function nameReason(
	context: Context,
	account: LinkedAccount,
	exchange: Exchange,
): Promise<Exchange> {
	const [named] = await askWhyRefused(context, account, [{ exchange }]);
	return named?.exchange ?? exchange;
}

/** The same for all emails of a run: asks once, and only when a renewal was refused. */
export async function askWhyRefused<T extends { exchange?: Exchange }>(
	context: Context,
	account: LinkedAccount,
	deliveries: readonly T[],
): Promise<readonly T[]> {
	if (!deliveries.some(({ exchange }) => hidesReason(exchange))) return deliveries;
	const said = await learnReason(context, account);
	if (!said) return deliveries;
	return deliveries.map((each) => {
		const { exchange } = each;
		return exchange && hidesReason(exchange)
			? { ...each, exchange: withSignIn(exchange, said) }
			: each;
	});
}

function hidesReason(exchange: Exchange | undefined): boolean {
	const said = exchange?.signIn;
	return said !== undefined && said.aadsts === undefined && said.description === '';
}

async function learnReason(
	context: Context,
	account: LinkedAccount,
): Promise<SignInFailure | undefined> {
	try {
		const credential = await context.getCredentials(account.credentialType);
		account.app.secrets?.addCredential(credential);
		const tokens = credential.oauthTokenData as { refresh_token?: unknown } | undefined;
		if (typeof tokens?.refresh_token !== 'string') return undefined;
		const http = createHostHttp(context, account.loginOrigin);
		const tenant = await askForTenant(account, http);
		if (tenant.kind !== 'found') return undefined;
		const app = await openAppClient(account, credential, tenant.metadata, http);
		const answer = await app.renew(tokens.refresh_token);
		return answer.kind === 'refused' ? answer.said : undefined;
	} catch {
		// The refusal itself is known and will be reported; only its reason stays hidden.
		return undefined;
	}
}
