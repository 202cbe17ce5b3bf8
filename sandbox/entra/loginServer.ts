import type { Server } from 'node:http';
import formbody from '@fastify/formbody';
import fastify, { type FastifyInstance } from 'fastify';
import type { Cloud } from '../cloud';
import { registerControl, type ControlPanel } from '../control/control';
import { registerFaults } from '../faults/strike';
import { registerFaultsPage } from '../faults/page';
import { registerOutboxPage } from '../outbox/page';
import { refuseForeignHosts } from '../listener/ownHost';
import { registerFrontPage } from '../pages/frontPage';
import { registerDiscovery } from './discovery';
import { errorBody, newTrace, Refusal } from './refusal';
import { registerSignIn } from './signIn';
import { registerTokenEndpoint } from './tokenEndpoint';

/** Every path of Graph, and none of Entra ID, starts with its version. */
const GRAPH_PATH = /^\/v1\.0\//;

/**
 * Entra ID; the pages and the control of the sandbox itself live under the same origin, and Graph does
 * so beside its own.
 */
export function createLoginServer(
	server: Server,
	cloud: Cloud,
	panel: ControlPanel,
	graph: FastifyInstance,
): FastifyInstance {
	const login = fastify({
		serverFactory: (handler) =>
			server.on('request', (request, response) => {
				if (GRAPH_PATH.test(request.url ?? '')) graph.routing(request, response);
				else handler(request, response);
			}),
		forceCloseConnections: false,
	});
	refuseForeignHosts(login);
	login.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
		const status = error.statusCode ?? 500;
		const own = request.url.startsWith('/sandbox/') || status >= 500;
		if (own) return reply.code(status).send({ error: error.message });
		return reply.code(400).send(errorBody(new Refusal(9002313), newTrace(), cloud.loginOrigin));
	});
	void login.register(formbody);
	void login.register((entra, _options, done) => {
		registerFaults(entra, cloud);
		registerDiscovery(entra, cloud);
		registerSignIn(entra, cloud);
		registerTokenEndpoint(entra, cloud);
		done();
	});
	void login.register((pages, _options, done) => {
		registerFrontPage(pages, cloud);
		registerOutboxPage(pages, cloud);
		registerFaultsPage(pages, cloud);
		registerControl(pages, cloud, panel);
		done();
	});
	return login;
}
