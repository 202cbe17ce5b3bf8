import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import fastify, { type FastifyInstance } from 'fastify';
import type { Cloud } from '../cloud';
import { registerFaults } from '../faults/strike';
import { refuseForeignHosts } from '../listener/ownHost';
import { callerOf, registerBearer } from './bearer';
import { Concurrency } from './concurrency';
import { registerDrafts } from './draftRoutes';
import { clientRequestIdOf, graphErrorBody, GraphRefusal } from './graphError';
import { registerReplies } from './replyRoutes';
import { registerRequestBody } from './requestBody';
import { registerSendMail } from './sendMail';
import { registerUploads } from './uploadRoutes';

/** What Graph and the upload host have in common. */
function createServer(server: Server, cloud: Cloud): FastifyInstance {
	const graph = fastify({
		serverFactory: (handler) => server.on('request', handler),
		genReqId: () => randomUUID(),
		requestIdHeader: false,
		bodyLimit: Number.MAX_SAFE_INTEGER,
		// The listener outlives a pause; it is closed by what opened it.
		forceCloseConnections: false,
	});
	refuseForeignHosts(graph);
	graph.addHook('onRequest', (request, reply, done) => {
		reply.header('request-id', request.id);
		const clientRequestId = clientRequestIdOf(request);
		if (clientRequestId !== undefined) reply.header('client-request-id', clientRequestId);
		done();
	});
	graph.addHook('onSend', async () => {
		if (cloud.settings.latencyMs > 0) await delay(cloud.settings.latencyMs);
	});
	graph.setErrorHandler((error, request, reply) => {
		const refusal =
			error instanceof GraphRefusal
				? error
				: new GraphRefusal(500, 'InternalServerError', `The sandbox failed: ${String(error)}`);
		return reply
			.code(refusal.status)
			.headers(refusal.headers)
			.send(graphErrorBody(refusal, request));
	});
	graph.setNotFoundHandler((request, reply) => {
		const failure = {
			code: 'BadRequest',
			message: `Resource not found for the segment '${request.url.split('?', 1)[0]}'.`,
		};
		return reply.code(400).send(graphErrorBody(failure, request));
	});
	registerRequestBody(graph);
	return graph;
}

/** Graph, as far as sending mail goes. */
export function createGraphServer(server: Server, cloud: Cloud): FastifyInstance {
	const graph = createServer(server, cloud);
	const concurrency = new Concurrency(cloud);

	graph.addHook('onRequest', (request, reply, done) => {
		reply.raw.once('close', () => concurrency.leave(request));
		done();
	});
	void graph.register((mail, _options, done) => {
		registerBearer(mail, cloud);
		mail.addHook('onRequest', (request, _reply, next) => {
			concurrency.enter(request, callerOf(request));
			next();
		});
		registerFaults(mail, cloud);
		registerSendMail(mail, cloud);
		registerDrafts(mail, cloud);
		registerReplies(mail, cloud);
		mail.addHook('onSend', (request, _reply, payload, next) => {
			concurrency.leave(request);
			next(null, payload);
		});
		done();
	});
	return graph;
}

/**
 * The host to which files are uploaded, which is not Graph's. @cites uploadHost
 */
export function createUploadServer(server: Server, cloud: Cloud): FastifyInstance {
	const uploads = createServer(server, cloud);
	void uploads.register((routes, _options, done) => {
		registerFaults(routes, cloud);
		registerUploads(routes, cloud);
		done();
	});
	return uploads;
}
