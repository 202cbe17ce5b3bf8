import type { FastifyRequest } from 'fastify';
import type { Cloud } from '../cloud';

/**
 * Any page in the person's browser could post to a loopback port. A browser names the page's
 * origin; other programs name none.
 */
export function isFromThisSite(request: FastifyRequest, cloud: Cloud): boolean {
	const { origin, host } = request.headers;
	const { port, protocol } = new URL(cloud.loginOrigin);
	const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
	if (!hosts.includes(host ?? '')) return false;
	return origin === undefined || hosts.some((own) => origin === `${protocol}//${own}`);
}
