import type { FastifyInstance } from 'fastify';
import type { Cloud } from '../cloud';
import { layout } from './layout';
import { html } from './markup';
import { sendPage } from './sendPage';

/** What is where, and whom one can sign in as. */
export function registerFrontPage(server: FastifyInstance, cloud: Cloud): void {
	server.get('/favicon.ico', (_request, reply) => reply.code(204).send());
	server.get('/', (_request, reply) => sendPage(reply, frontPage(cloud)));
}

function frontPage({ directory, journal, outbox, loginOrigin, graphOrigin }: Cloud): string {
	const { counters } = journal;
	const accounts = Object.values(directory.accounts).map(
		(account) =>
			html`<tr>
				<td>${account.displayName}<br /><code>${account.userPrincipalName}</code></td>
				<td>${directory.tenant(account.tenantId)?.name}</td>
				<td>
					${directory.mailbox(account.userPrincipalName)
						? 'mailbox'
						: 'no mailbox'}${account.enabled ? '' : ', disabled'}${account.assigned
						? ''
						: ', not assigned'}
				</td>
			</tr>`,
	);
	const apps = Object.values(directory.apps).map(
		(app) =>
			html`<tr>
				<td>${app.name}<br /><code>${app.id}</code></td>
				<td>${app.audience === 'AzureADMultipleOrgs' ? 'multi-tenant' : 'single tenant'}</td>
				<td><code>${app.homeTenantId}</code></td>
			</tr>`,
	);
	return layout({
		title: 'Sandbox',
		kind: 'board',
		body: html`<h1>A stand-in for Entra ID and Outlook</h1>
			<div class="card">
				<dl>
					<dt>Sign-in host</dt>
					<dd><code>${loginOrigin}</code></dd>
					<dt>Graph host</dt>
					<dd><code>${graphOrigin}</code></dd>
					<dt>Accepted emails</dt>
					<dd><a href="/outbox">${outbox.mails.length} in the outbox</a></dd>
					<dt>Requests</dt>
					<dd>${journal.requests.length}, of which ${counters.throttled} throttled</dd>
					<dt>Token refreshes</dt>
					<dd>${counters.tokenRefreshes}</dd>
				</dl>
			</div>
			<div class="card">
				<h2>Accounts</h2>
				<table>
					<tr>
						<th>Account</th>
						<th>Tenant</th>
						<th>State</th>
					</tr>
					${accounts}
				</table>
			</div>
			<div class="card">
				<h2>App registrations</h2>
				<table>
					<tr>
						<th>App</th>
						<th>Audience</th>
						<th>Home tenant</th>
					</tr>
					${apps}
				</table>
			</div>`,
	});
}
