import type {
	Configuration,
	INetworkModule,
	NetworkRequestOptions,
	NetworkResponse,
} from '@azure/msal-node';
import type { IExecuteFunctions } from 'n8n-workflow';
import { X509Certificate } from 'node:crypto';
import type { CredentialData } from './application';
import { readTime } from '../facts/clock';
import { asObject, asText, readJson, type JsonObject } from '../facts/json';
import { type SignInFailure, readTokenError } from '../facts/signInFailure';
import type { Connection } from './connection';
import type { Exchange } from '../graph/exchange';
import { requestThroughHost } from '../graph/hostCarrier';
import type { GraphRequest } from '../graph/transport';
import type { RawAnswer } from '../graph/verdict';
import type { LinkedAccount } from './linkedAccount';

/** HTTP to the sign-in host and to no other, through n8n's proxy and egress rules. */
export type HostHttp = (
	request: Pick<GraphRequest, 'method' | 'url' | 'body'> & Partial<Pick<GraphRequest, 'headers'>>,
) => Promise<RawAnswer>;

const TIMEOUT_MS = 30_000;

/** @param loginOrigin any other origin is refused: what is sent here proves an application */
export function createHostHttp(
	{ helpers }: Pick<IExecuteFunctions, 'helpers'>,
	loginOrigin: string,
): HostHttp {
	return async (request) => {
		const { origin } = new URL(request.url);
		if (origin !== loginOrigin) throw new Error(`${origin} is not the sign-in host`);
		return await requestThroughHost(helpers, { headers: {}, ...request }, undefined, TIMEOUT_MS);
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
		const url = `${loginOrigin}/${tenant}/v2.0/.well-known/openid-configuration`;
		const answer = await http({ method: 'GET', url });
		const body = readJson(answer.body) ?? {};
		const serverTime = readTime(answer.headers.date);
		if (typeof body.token_endpoint === 'string') {
			const foreign = [body.token_endpoint, body.authorization_endpoint]
				.map(originOf)
				.find((origin) => origin !== loginOrigin);
			if (foreign !== undefined) return { kind: 'foreign', host: foreign, serverTime };
			return { kind: 'found', metadata: body, serverTime };
		}
		const said = readTokenError(body);
		if (said) return { kind: 'refused', said, serverTime };
		return { kind: 'noAnswer', cause: new Error(`The sign-in host answered ${answer.status}`) };
	} catch (cause) {
		return { kind: 'noAnswer', cause };
	}
}

function originOf(url: unknown): string {
	return typeof url === 'string' && URL.canParse(url) ? new URL(url).origin : 'no host';
}

/** What the token endpoint said to the application. */
export type AppAnswer =
	| { kind: 'accepted' }
	| { kind: 'refused'; said: SignInFailure }
	| { kind: 'noAnswer'; cause: unknown }
	/** Secret, certificate or key are such that nothing could be asked. */
	| { kind: 'unusable' };

/** The application as Entra ID sees it when it proves who it is. */
interface ProvenApp {
	connection: Connection;
	credential: CredentialData;
	/** The tenant's openid-configuration. */
	metadata: JsonObject;
	http: HostHttp;
	/** Of the linked person; without one, the application asks for itself, in a tenant of its own. */
	refreshToken?: string;
}

/**
 * Asks for a token, which is thrown away. MSAL Node composes the request (client secret, or the signed
 * proof with a certificate), n8n carries it.
 */
export async function askForToken(app: ProvenApp): Promise<AppAnswer> {
	const { ConfidentialClientApplication } = await import('@azure/msal-node');
	const { loginOrigin, graphOrigin, tenant, clientId } = app.connection;
	const { host } = new URL(loginOrigin);
	let isAsked = false;
	// MSAL's own errors drop parts of it.
	let lastAnswer: RawAnswer | undefined;
	const networkClient = createNetwork(async (request) => {
		isAsked = true;
		return (lastAnswer = await app.http(request));
	});
	try {
		const client = new ConfidentialClientApplication({
			auth: {
				clientId,
				// MSAL takes https authorities only; plain http is for this machine itself, where the
				// endpoints below are what is called.
				authority: `https://${host}/${tenant}`,
				knownAuthorities: [host],
				authorityMetadata: JSON.stringify(app.metadata),
				...readProof(app.credential),
			},
			system: { networkClient },
		});
		const { refreshToken } = app;
		await (refreshToken === undefined
			? client.acquireTokenByClientCredential({
					scopes: [`${graphOrigin}/.default`],
					skipCache: true,
				})
			: client.acquireTokenByRefreshToken({ refreshToken, scopes: ['Mail.Send'] }));
		return { kind: 'accepted' };
	} catch (cause) {
		if (!isAsked) return { kind: 'unusable' };
		const said = readTokenError(readJson(lastAnswer?.body ?? ''));
		return said ? { kind: 'refused', said } : { kind: 'noAnswer', cause };
	}
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

/** MSAL's network client. */
function createNetwork(http: HostHttp): INetworkModule {
	const send =
		(method: 'GET' | 'POST') =>
		async <T>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> => {
			const { headers = {}, body } = options ?? {};
			const answer = await http({ method, url, headers, body });
			return {
				...answer,
				headers: { ...answer.headers },
				body: (readJson(answer.body) ?? {}) as T,
			};
		};
	return { sendGetRequestAsync: send('GET'), sendPostRequestAsync: send('POST') };
}

type Context = Pick<IExecuteFunctions, 'helpers' | 'getCredentials'>;

/**
 * n8n keeps to itself why Entra ID refused to renew a token (`invalid_grant`). The same question is
 * asked once more, so that the designer reads Microsoft's reason: once for all emails of a run, and only
 * when a renewal was refused. A token that came after all would be thrown away, and n8n's stays valid:
 * Microsoft does not revoke a refresh token when it is used.
 * https://learn.microsoft.com/entra/identity-platform/refresh-tokens
 *
 * @returns the exchanges with the reason where it could be learned, else the same exchanges
 */
export async function askWhyRefused<T extends { exchange?: Exchange }>(
	context: Context,
	account: LinkedAccount,
	deliveries: readonly T[],
): Promise<readonly T[]> {
	if (!deliveries.some(hidesReason)) return deliveries;
	const signIn = await learnReason(context, account);
	if (!signIn) return deliveries;
	return deliveries.map((each) =>
		hidesReason(each) ? { ...each, exchange: { ...each.exchange, signIn } } : each,
	);
}

function hidesReason<T extends { exchange?: Exchange }>(
	each: T,
): each is T & { exchange: Exchange } {
	const said = each.exchange?.signIn;
	return said !== undefined && said.aadsts === undefined && said.description === '';
}

async function learnReason(
	context: Context,
	account: LinkedAccount,
): Promise<SignInFailure | undefined> {
	try {
		const credential = await context.getCredentials(account.credentialType);
		account.app.secrets?.addCredential(credential);
		const refreshToken = asText(asObject(credential.oauthTokenData)?.refresh_token);
		if (refreshToken === undefined) return undefined;
		const http = createHostHttp(context, account.loginOrigin);
		const tenant = await askForTenant(account, http);
		if (tenant.kind !== 'found') return undefined;
		const { metadata } = tenant;
		const app = { connection: account, credential, metadata, http, refreshToken };
		const answer = await askForToken(app);
		return answer.kind === 'refused' ? answer.said : undefined;
	} catch {
		// The refusal itself is known and will be reported; only its reason stays hidden.
		return undefined;
	}
}
