import type { FastifyInstance } from 'fastify';
import type { Cloud } from '../cloud';
import { layout } from '../pages/layout';
import { html } from '../pages/markup';
import { hasState, sendPage } from '../pages/sendPage';
import { mailCard } from './mailCard';

/** `/outbox`: the accepted emails, newest first, as their reader sees them. */
export function registerOutboxPage(server: FastifyInstance, { outbox }: Cloud): void {
	server.get('/outbox', (request, reply) => {
		const count = outbox.mails.length;
		const state = `${count} ${outbox.mails.at(-1)?.requestId ?? ''}`;
		if (hasState(request, state)) return reply.code(204).send();
		const cards = outbox.mails.map((mail, index) => mailCard(mail, index)).reverse();
		const body = html`<h1>${count} accepted ${count === 1 ? 'email' : 'emails'}</h1>
			${count === 0 ? html`<p class="quiet">Nothing has been accepted yet.</p>` : cards}`;
		return sendPage(reply, layout({ title: `Outbox (${count})`, kind: 'board', body, state }));
	});
	server.get<{ Params: { mail: string; file: string } }>(
		'/outbox/:mail/files/:file',
		(request, reply) => {
			const { mail, file } = request.params;
			const attachment = outbox.mails[Number(mail)]?.attachments[Number(file)];
			if (attachment?.content === undefined) return reply.code(404).send('Not kept.');
			const name = encodeURIComponent(attachment.name).replaceAll("'", '%27');
			// Always a download: what a mail carries is never shown as a page of this origin.
			return reply
				.type('application/octet-stream')
				.headers({
					'Content-Disposition': `attachment; filename*=UTF-8''${name}`,
					'Content-Security-Policy': 'sandbox',
					'X-Content-Type-Options': 'nosniff',
				})
				.send(attachment.content);
		},
	);
}
