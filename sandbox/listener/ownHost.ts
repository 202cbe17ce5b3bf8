import type { FastifyInstance } from 'fastify';

/** The names under which the sandbox is addressed; it listens on loopback only. */
const OWN_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;

/**
 * Refuses a request for another host. A page on the web can point a name of its own at 127.0.0.1 (DNS
 * rebinding); its requests then carry that name.
 */
export function refuseForeignHosts(server: FastifyInstance): void {
	server.addHook('onRequest', (request, reply, done) => {
		if (OWN_HOST.test(request.headers.host ?? '')) return done();
		void reply.code(421).send({ error: 'The sandbox answers only to localhost and 127.0.0.1.' });
	});
}
