import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Cloud } from '../cloud';
import type { AccessCheck } from '../entra/accessTokens';
import { GraphRefusal } from './graphError';
import type { Caller } from './sender';

const callers = new WeakMap<FastifyRequest, Caller>();

/** Texts as users report them from Graph; the code is the same for all. R */
const REASONS: Readonly<Record<Extract<AccessCheck, { ok: false }>['reason'], string>> = {
	malformed: 'IDX14100: JWT is not well formed, there are no dots (.).',
	signature: 'Signature is invalid.',
	audience: 'Access token validation failure. Invalid audience.',
	expired: 'Lifetime validation failed, the token is expired.',
};

export function invalidToken(message: string): GraphRefusal {
	return new GraphRefusal(401, 'InvalidAuthenticationToken', message, {
		'WWW-Authenticate': 'Bearer realm="", error="invalid_token"',
	});
}

/** Checks the token before the body is read, as a gateway does. */
export function registerBearer(server: FastifyInstance, cloud: Cloud): void {
	server.addHook('onRequest', async (request) => {
		callers.set(request, await authenticate(request, cloud));
	});
}

async function authenticate(request: FastifyRequest, cloud: Cloud): Promise<Caller> {
	const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
	if (token === undefined) throw invalidToken('Access token is empty.');
	const check = await cloud.accessTokens.check(token);
	if (!check.ok) throw invalidToken(REASONS[check.reason]);
	const { access } = check;
	const record = cloud.journal.recordOf(request.raw);
	if (record !== undefined) record.appId = access.appId;
	if (access.accountId === undefined) {
		const message = '/me request is only valid with delegated authentication flow.';
		throw new GraphRefusal(400, 'BadRequest', message);
	}
	const account = cloud.directory.account(access.accountId);
	if (account === undefined) throw invalidToken('The user of the token does not exist.');
	return { access, account };
}

export function callerOf(request: FastifyRequest): Caller {
	const caller = callers.get(request);
	if (caller === undefined) throw invalidToken('Access token is empty.');
	return caller;
}
