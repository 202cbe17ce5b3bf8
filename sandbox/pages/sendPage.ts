import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONTENT_SECURITY_POLICY } from './layout';

export function sendPage(reply: FastifyReply, page: string): FastifyReply {
	return reply
		.type('text/html; charset=utf-8')
		.headers({
			'Cache-Control': 'no-store',
			'Content-Security-Policy': `${CONTENT_SECURITY_POLICY}; form-action 'self'; frame-ancestors 'none'`,
			'Referrer-Policy': 'same-origin',
			'X-Content-Type-Options': 'nosniff',
			'X-Frame-Options': 'DENY',
		})
		.send(page);
}

/** Whether the browser shows just this already: then there is nothing to send. */
export function hasState(request: FastifyRequest, state: string): boolean {
	return (request.query as { state?: string }).state === state;
}
