import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Cloud } from '../cloud';
import type { Application } from '../directory';
import { authenticateClient, readCredentials } from './clientAuthentication';
import { redeemCode } from './redeemCode';
import { redeemRefreshToken } from './redeemRefreshToken';
import { errorBody, newTrace, Refusal } from './refusal';
import { findApp, parseTenant, type TenantPath } from './tenantPath';

export type TokenForm = Readonly<Record<string, string | undefined>>;

export interface TokenRequest {
	readonly form: TokenForm;
	readonly app: Application;
	readonly path: TenantPath;
}

export interface TokenAnswer {
	readonly token_type: 'Bearer';
	readonly scope?: string;
	readonly expires_in: number;
	readonly ext_expires_in: number;
	readonly access_token: string;
	readonly refresh_token?: string;
	readonly id_token?: string;
}

type TokenRoute = { Params: { tenant: string }; Body: TokenForm | undefined };

/** `POST /{tenant}/oauth2/v2.0/token` */
export function registerTokenEndpoint(server: FastifyInstance, cloud: Cloud): void {
	server.post<TokenRoute>(
		'/:tenant/oauth2/v2.0/token',
		{ config: { operation: 'token' } },
		async (request, reply) => {
			reply.headers({ 'Cache-Control': 'no-store, no-cache', Pragma: 'no-cache' });
			try {
				return await answer(request, cloud);
			} catch (error) {
				if (!(error instanceof Refusal)) throw error;
				const trace = newTrace(header(request, 'client-request-id'));
				void reply.code(error.status);
				return errorBody(error, trace, cloud.loginOrigin);
			}
		},
	);
}

async function answer(request: FastifyRequest<TokenRoute>, cloud: Cloud): Promise<TokenAnswer> {
	const form = request.body ?? {};
	const record = cloud.journal.recordOf(request.raw);
	const grantType = form['grant_type'];
	if (record !== undefined && grantType !== undefined) record.grantType = grantType;

	const fault = cloud.faults.takeRefusal(grantType, form['client_id']);
	if (fault !== undefined) throw new Refusal(fault, { app: form['client_id'] ?? 'app' });

	const path = parseTenant(request.params.tenant, cloud.directory);
	const credentials = readCredentials(form, header(request, 'authorization'));
	if (grantType === undefined) throw new Refusal(900144, { parameter: 'grant_type' });
	if (credentials.clientId === undefined) throw new Refusal(900144, { parameter: 'client_id' });
	const app = findApp(credentials.clientId, path, cloud.directory);
	if (record !== undefined) record.appId = app.id;
	await authenticateClient(app, credentials, tokenEndpoints(request.params.tenant, path, cloud));

	const tokenRequest = { form, app, path };
	if (grantType === 'authorization_code') return await redeemCode(tokenRequest, cloud);
	if (grantType === 'refresh_token') return await redeemRefreshToken(tokenRequest, cloud);
	if (grantType === 'client_credentials') return await clientOnly(tokenRequest, cloud);
	throw new Refusal(70003);
}

/**
 * Entra issues an app-only token to any app that authenticates, with no roles where none were
 * granted. The product asks for it only to learn whether secret or certificate are accepted.
 * @cites appProvesItself
 */
async function clientOnly({ form, app, path }: TokenRequest, cloud: Cloud): Promise<TokenAnswer> {
	const scope = form['scope'] ?? '';
	const graphOrigins = [cloud.graphOrigin, cloud.loginOrigin];
	if (!graphOrigins.some((origin) => scope === `${origin}/.default`))
		throw new Refusal(1002012, { scope });
	if (path.kind !== 'tenant') throw new Refusal(50059);
	const { token, expiresIn } = await cloud.accessTokens.issueToApp(app, path.tenant.id);
	return {
		token_type: 'Bearer',
		expires_in: expiresIn,
		ext_expires_in: expiresIn,
		access_token: token,
	};
}

function tokenEndpoints(segment: string, path: TenantPath, cloud: Cloud): string[] {
	const names = path.kind === 'tenant' ? [segment, path.tenant.id, path.tenant.domain] : [segment];
	return names.map((name) => `${cloud.loginOrigin}/${name}/oauth2/v2.0/token`);
}

function header(request: FastifyRequest<TokenRoute>, name: string): string | undefined {
	const value = request.headers[name];
	return typeof value === 'string' ? value : undefined;
}
