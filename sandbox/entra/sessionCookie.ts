import type { FastifyReply, FastifyRequest } from 'fastify';

const NAME = 'SANDBOXAUTH';

/** The browser's session, which remembers its accounts. */
export function readSession(request: FastifyRequest): string | undefined {
	const pairs = (request.headers.cookie ?? '').split(/;\s*/);
	const prefix = `${NAME}=`;
	return pairs.find((pair) => pair.startsWith(prefix))?.slice(prefix.length);
}

export function writeSession(reply: FastifyReply, session: string): void {
	reply.header('Set-Cookie', `${NAME}=${session}; Path=/; HttpOnly; SameSite=Lax`);
}
