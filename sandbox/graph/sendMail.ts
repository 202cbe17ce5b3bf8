import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Cloud } from '../cloud';
import { acceptAttachment } from './attachmentContent';
import { callerOf } from './bearer';
import { GraphRefusal } from './graphError';
import { checkMessage } from './messageRules';
import { readShape } from './messageShape';
import { readMime } from './mime';
import { mailboxOf, requireScope } from './sender';
import { submit, type Submission } from './submit';

/** `POST /me/sendMail`: 202 with an empty body. @cites acceptedNotDelivered */
export function registerSendMail(server: FastifyInstance, cloud: Cloud): void {
	server.post(
		'/v1.0/me/sendMail',
		{ config: { operation: 'sendMail' } },
		async (request, reply) => {
			const caller = callerOf(request);
			requireScope(caller, 'Mail.Send');
			mailboxOf(caller, cloud);
			submit(await submissionOf(request), caller, request, cloud);
			return await reply.code(202).send();
		},
	);
}

async function submissionOf(request: FastifyRequest): Promise<Submission> {
	const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
	const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
	if (type === 'text/plain') return await readMime(body);
	if (type !== 'application/json') {
		throw new GraphRefusal(
			415,
			'UnsupportedMediaType',
			`A message is sent as application/json, or as MIME in text/plain, not as '${type}'.`,
		);
	}
	const { message, saveToSentItems } = readShape('sendMail', body);
	checkMessage(message);
	return {
		via: 'sendMail',
		message,
		attachments: (message.attachments ?? []).map(acceptAttachment),
		// @cites copyInSentItems
		saveToSentItems: saveToSentItems ?? true,
		size: body.length,
	};
}
