import { STATUS_CODES } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Cloud } from '../cloud';
import { answerOf } from './answers';
import type { Operation } from './catalogue';
import type { ActiveFault } from './faults';

declare module 'fastify' {
	interface FastifyContextConfig {
		/** What the route does, for faults; routes without one are never struck. */
		operation?: Operation;
	}
}

type Struck = { lateBy?: number };

/** Lets the faults strike the requests of a host. */
export function registerFaults(server: FastifyInstance, cloud: Cloud): void {
	const late = new WeakMap<FastifyRequest, Struck>();
	const operationOf = (request: FastifyRequest) => request.routeOptions.config.operation;

	server.addHook('onRequest', (request, _reply, done) => {
		const operation = operationOf(request);
		if (operation === undefined || cloud.faults.take('receiving', operation) === undefined) {
			return done();
		}
		const { socket } = request.raw;
		if ((request.headers['content-length'] ?? '0') === '0') socket.destroy();
		// The first bytes of the body arrive, the rest never do.
		else request.raw.once('data', () => socket.destroy());
	});

	server.addHook('preHandler', async (request, reply) => {
		const operation = operationOf(request);
		const fault = operation && cloud.faults.take('answer', operation, false);
		if (fault === undefined) return;
		if (fault.name === 'slowAnswer') {
			late.set(request, { lateBy: fault.settings.milliseconds ?? 0 });
			return;
		}
		return await strike(fault, request, reply);
	});

	server.addHook('onSend', async (request, reply) => {
		const lateBy = late.get(request)?.lateBy;
		if (lateBy !== undefined) await new Promise((resolve) => setTimeout(resolve, lateBy));
		const operation = operationOf(request);
		if (operation === undefined || reply.statusCode >= 300) return undefined;
		const fault = cloud.faults.take('answer', operation, true);
		if (fault !== undefined) return await strikeTaken(fault, request, reply);
		return undefined;
	});
}

/** Instead of the handler. */
async function strike(fault: ActiveFault, request: FastifyRequest, reply: FastifyReply) {
	if (fault.name === 'dropBefore') {
		reply.hijack();
		request.raw.socket.destroy();
		return reply;
	}
	if (fault.name === 'hang') return reply.hijack();
	if (fault.name === 'custom') return writeCustom(fault, reply);
	const { status, headers, body } = answerOf(fault, request);
	return await reply.code(status).headers(headers).send(body);
}

/** After the handler, whose answer is replaced or lost. */
async function strikeTaken(fault: ActiveFault, request: FastifyRequest, reply: FastifyReply) {
	const { socket } = request.raw;
	if (fault.name === 'dropAfterTaken' || fault.name === 'dropBefore') {
		socket.destroy();
		return '';
	}
	if (fault.name === 'hang' || fault.name === 'hangAfterTaken') {
		// Resolved by nobody: the connection ends when the client or the sandbox closes it.
		return await new Promise<string>(() => undefined);
	}
	if (fault.name === 'dropWhileAnswering') {
		const whole = fault.settings.cut === 'body';
		const line = `HTTP/1.1 ${reply.statusCode} ${STATUS_CODES[reply.statusCode]}\r\n`;
		const head = `${line}Date: ${new Date().toUTCString()}\r\nContent-Type: application/json\r\nContent-Length: 512\r\n`;
		socket.end(whole ? `${head}\r\n{"` : head, () => socket.destroy());
		return await new Promise<string>(() => undefined);
	}
	if (fault.name === 'custom') {
		writeCustom(fault, reply);
		return await new Promise<string>(() => undefined);
	}
	const { status, headers, body } = answerOf(fault, request);
	reply.code(status).headers(headers);
	reply.header('content-length', Buffer.byteLength(body));
	return body;
}

/** Written past Fastify, which would repair what is meant to be broken. */
function writeCustom(fault: ActiveFault, reply: FastifyReply): FastifyReply {
	const { status = 200, headers = {}, body = '' } = fault.settings;
	reply.hijack();
	const { raw } = reply;
	const length = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-length');
	raw.writeHead(status, headers);
	raw.write(body);
	if (length !== undefined && Number(length[1]) !== Buffer.byteLength(body)) {
		raw.socket?.end(() => raw.socket?.destroy());
	} else {
		raw.end();
	}
	return reply;
}
