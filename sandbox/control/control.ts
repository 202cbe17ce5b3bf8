import type { FastifyInstance } from 'fastify';
import type { Cloud, CloudSettings } from '../cloud';
import { FAULTS, type FaultName, type FaultSettings } from '../faults/catalogue';
import { isFromThisSite } from './origin';

/** What can be done to a sandbox from code, and the same from another process. */
export interface ControlPanel {
	expireAccessTokens(appId?: string): void;
	revokeRefreshTokens(appId?: string): void;
	reset(): void;
}

type AppBody = { Body: { appId?: string } | null | undefined };

/** `/sandbox/…`, JSON: the switches of a sandbox that runs in a process of its own. */
export function registerControl(server: FastifyInstance, cloud: Cloud, panel: ControlPanel): void {
	server.addHook('onRequest', async (request, reply) => {
		if (!isFromThisSite(request, cloud)) await reply.code(403).send({ error: 'foreign origin' });
	});
	server.get('/sandbox/state', () => ({
		loginOrigin: cloud.loginOrigin,
		graphOrigin: cloud.graphOrigin,
		settings: cloud.settings,
		counters: cloud.journal.counters,
		faults: cloud.faults.list(),
		outboxCount: cloud.outbox.mails.length,
		outbox: cloud.outbox.mails.map(({ attachments, ...mail }) => ({
			...mail,
			attachments: attachments.map(({ content: _content, ...file }) => file),
		})),
		requests: cloud.journal.requests,
	}));
	server.get('/sandbox/counters', () => ({
		...cloud.journal.counters,
		outboxCount: cloud.outbox.mails.length,
	}));
	server.get('/sandbox/directory', () => directoryOf(cloud));
	server.post<{ Body: Record<string, FaultSettings | boolean> }>(
		'/sandbox/faults',
		async (request) => {
			for (const [name, value] of Object.entries(request.body ?? {})) {
				if (!(name in FAULTS)) throw badRequest(`There is no fault '${name}'.`);
				if (value === false) await cloud.faults.switchOff(name as FaultName);
				else cloud.faults.switchOn(name as FaultName, value === true ? {} : value);
			}
			return cloud.faults.list();
		},
	);
	server.post<{ Body: Partial<CloudSettings> }>('/sandbox/settings', (request) =>
		Object.assign(cloud.settings, request.body),
	);
	server.post('/sandbox/reset', () => {
		panel.reset();
		return { done: true };
	});
	server.post<AppBody>('/sandbox/expire-access-tokens', (request) => {
		panel.expireAccessTokens(request.body?.appId);
		return { done: true };
	});
	server.post<AppBody>('/sandbox/revoke-refresh-tokens', (request) => {
		panel.revokeRefreshTokens(request.body?.appId);
		return { done: true };
	});
}

/** With secrets and keys: they open nothing but this sandbox. */
function directoryOf({ directory }: Cloud) {
	const { tenants, apps, accounts, mailboxes } = directory;
	const sets = { sendAs: 0, sendOnBehalf: 0, fullAccess: 0 };
	return JSON.parse(
		JSON.stringify({ tenants, apps, accounts, mailboxes }, (key, value: unknown) =>
			key in sets && value instanceof Set ? [...(value as Set<string>)] : value,
		),
	) as unknown;
}

function badRequest(message: string): Error {
	return Object.assign(new Error(message), { statusCode: 400 });
}
