import type { FastifyInstance } from 'fastify';
import type { Cloud } from '../cloud';
import { errorBody, newTrace, Refusal } from './refusal';
import { parseTenant } from './tenantPath';

type TenantRoute = { Params: { tenant: string } };

/**
 * OpenID Connect metadata, signing keys, and the instance discovery that MSAL may ask for.
 * @cites tenantIsPublic, graphOfSignInHost
 */
export function registerDiscovery(server: FastifyInstance, cloud: Cloud): void {
	server.get<TenantRoute>('/:tenant/v2.0/.well-known/openid-configuration', (request, reply) => {
		try {
			const path = parseTenant(request.params.tenant, cloud.directory);
			// Microsoft leaves the placeholder in for common and organizations. D
			const issuer = path.kind === 'tenant' ? path.tenant.id : '{tenantid}';
			const segment = path.kind === 'tenant' ? path.tenant.id : path.word;
			return reply.send(metadata(cloud, segment, issuer));
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			return reply.code(error.status).send(errorBody(error, newTrace(), cloud.loginOrigin));
		}
	});
	server.get('/:tenant/discovery/v2.0/keys', async () => await cloud.accessTokens.publicKeys());
	server.get('/common/discovery/instance', () => {
		const { host } = new URL(cloud.loginOrigin);
		return {
			tenant_discovery_endpoint: `${cloud.loginOrigin}/common/v2.0/.well-known/openid-configuration`,
			'api-version': '1.1',
			metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
		};
	});
}

function metadata({ loginOrigin, graphOrigin }: Cloud, segment: string, issuer: string) {
	const base = `${loginOrigin}/${segment}`;
	return {
		token_endpoint: `${base}/oauth2/v2.0/token`,
		token_endpoint_auth_methods_supported: [
			'client_secret_post',
			'private_key_jwt',
			'client_secret_basic',
		],
		jwks_uri: `${base}/discovery/v2.0/keys`,
		response_modes_supported: ['query'],
		subject_types_supported: ['pairwise'],
		id_token_signing_alg_values_supported: ['RS256'],
		response_types_supported: ['code'],
		scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
		issuer: `${loginOrigin}/${issuer}/v2.0`,
		authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
		end_session_endpoint: `${base}/oauth2/v2.0/logout`,
		tenant_region_scope: null,
		cloud_instance_name: new URL(loginOrigin).host,
		msgraph_host: new URL(graphOrigin).host,
	};
}
