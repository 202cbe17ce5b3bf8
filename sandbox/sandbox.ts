import type { FastifyInstance } from 'fastify';
import type { Cloud, CloudSettings } from './cloud';
import type { ControlPanel } from './control/control';
import { createDirectory, type Directory } from './directory';
import { AccessTokens } from './entra/accessTokens';
import { Consents } from './entra/consents';
import { Grants } from './entra/grants';
import { createLoginServer } from './entra/loginServer';
import { SignInFlows } from './entra/signInFlow';
import { Faults } from './faults/faults';
import type { ConcurrencyScope } from './graph/concurrency';
import { Drafts } from './graph/drafts';
import { createGraphServer, createUploadServer } from './graph/graphServer';
import { Inbox, type ReceivedMail } from './graph/inbox';
import { Journal, type Counters, type RequestRecord } from './journal/journal';
import { openListener, type Listener } from './listener/listener';
import { createTlsIdentity } from './listener/tlsIdentity';
import { Outbox, type AcceptedMail } from './outbox/outbox';
import { signIn, type SignInInput } from './person/signIn';

export interface SandboxOptions {
	/** 0, the default: a port of the system's choice. */
	loginPort?: number;
	graphPort?: number;
	uploadPort?: number;
	/** https, with a certificate for localhost and 127.0.0.1 made at start. */
	tls?: boolean;
	/** Graph answers after this many milliseconds. */
	latencyMs?: number;
	/** Graph serves a new connection after this many milliseconds: round trips of connecting. */
	connectLatencyMs?: number;
	/** Requests of one app and mailbox that Graph handles at the same time; 4 by default, as Microsoft's. */
	concurrencyLimit?: number;
	/** `app`: that limit is for all mailboxes of an app together. */
	concurrencyPer?: ConcurrencyScope;
	/** What a request over that limit is told to wait; 1 by default. */
	concurrencyRetryAfterSeconds?: number;
	/** 3600 by default. */
	accessTokenLifetimeSeconds?: number;
	/** `true`: a used refresh token is refused. Microsoft only asks clients to drop it. */
	refreshTokensOnce?: boolean;
	/** Registered for every app, in addition to n8n's callback on localhost at any port. */
	appsRedirectUris?: string[];
	uploadCasing?: CloudSettings['uploadCasing'];
	uploadRangeStatus?: CloudSettings['uploadRangeStatus'];
	draftLagMs?: number;
	/** `false`: says on standard output where it listens. */
	quiet?: boolean;
}

export interface Sandbox {
	/**
	 * Entra ID, and the pages `/`, `/outbox` and `/faults`. Graph too, as the RoboMQ application expects
	 * of a host that is not Microsoft's.
	 */
	readonly loginOrigin: string;
	readonly graphOrigin: string;
	/** The host of upload sessions: neither Entra ID nor Graph, as Outlook's. */
	readonly uploadOrigin: string;
	/** With `tls`: the authority that a client has to trust. */
	readonly caCertificatePem?: string;
	readonly directory: Directory;
	readonly outbox: AcceptedMail[];
	readonly faults: Faults;
	readonly requests: RequestRecord[];
	readonly counters: Counters;
	/** May be changed at any time. */
	readonly settings: CloudSettings;
	/** What people and administrators agreed to. */
	readonly consents: Consents;
	/** From now on Graph answers 401 to every access token issued so far. */
	expireAccessTokens(appId?: string): void;
	/** From now on Entra refuses every refresh token issued so far; AADSTS50173 by default. */
	revokeRefreshTokens(appId?: string, aadsts?: number): void;
	/** Walks the sign-in and consent pages and stops at the redirect to the app. */
	signIn(input: SignInInput): Promise<{ redirectUrl: string }>;
	/** Puts a message into a mailbox, as if it had arrived. @returns the ID that Graph gives it */
	receive(mail: ReceivedMail): string;
	/** Empties outbox, drafts, requests and counters and switches all faults off. */
	reset(): void;
	close(): Promise<void>;
}

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const directory = await createDirectory(options.appsRedirectUris);
	const identity = options.tls === true ? await createTlsIdentity() : undefined;
	const settings = settingsOf(options);
	const journal = new Journal();

	const listeners: Listener[] = [];
	const faults = new Faults({
		pause: (host) => listeners[host === 'graph' ? 1 : 2]?.pause(),
		resume: async () => {
			await Promise.all(listeners.slice(1).map(async (listener) => await listener.resume()));
		},
	});
	listeners.push(await openListener({ port: options.loginPort ?? 0, identity }));
	try {
		listeners.push(
			await openListener({
				port: options.graphPort ?? 0,
				identity,
				connectLatencyMs: options.connectLatencyMs ?? 0,
				onConnect: (socket) => {
					if (faults.takeConnection() !== undefined) socket.destroy();
				},
			}),
		);
		listeners.push(await openListener({ port: options.uploadPort ?? 0, identity }));
	} catch (error) {
		for (const listener of listeners) listener.close();
		throw error;
	}
	const [login, graph, upload] = listeners as [Listener, Listener, Listener];
	const origins = {
		loginOrigin: login.origin,
		graphOrigin: graph.origin,
		uploadOrigin: upload.origin,
	};

	const cloud: Cloud = {
		...origins,
		settings,
		directory,
		accessTokens: new AccessTokens(origins, () => settings.accessTokenLifetimeSeconds),
		grants: new Grants(),
		consents: new Consents(directory),
		flows: new SignInFlows(),
		faults,
		journal,
		outbox: new Outbox(),
		drafts: new Drafts(),
		inbox: new Inbox(),
	};
	const panel = panelOf(cloud);
	const graphServer = createGraphServer(graph.server, cloud);
	const servers = [
		createLoginServer(login.server, cloud, panel, graphServer),
		graphServer,
		createUploadServer(upload.server, cloud),
	];
	try {
		await Promise.all(servers.map(async (server) => await server.ready()));
	} catch (error) {
		for (const listener of listeners) listener.close();
		throw error;
	}
	journal.watch(login.server, 'login', identity !== undefined);
	journal.watch(graph.server, 'graph', identity !== undefined);
	journal.watch(upload.server, 'upload', identity !== undefined);
	if (options.quiet === false) {
		process.stdout.write(
			`Sign-in and pages: ${login.origin}\nGraph: ${graph.origin}\nUploads: ${upload.origin}\n`,
		);
	}

	const ca = identity === undefined ? {} : { caCertificatePem: identity.ca };
	return {
		...origins,
		...ca,
		directory,
		outbox: cloud.outbox.mails,
		faults,
		requests: journal.requests,
		counters: journal.counters,
		settings,
		consents: cloud.consents,
		...panel,
		receive: (mail) => cloud.inbox.receive(mail),
		signIn: async (input) => await signIn({ ...ca, ...input }),
		close: async () => await close(listeners, servers),
	};
}

function settingsOf(options: SandboxOptions): CloudSettings {
	return {
		latencyMs: options.latencyMs ?? 0,
		concurrencyLimit: options.concurrencyLimit ?? 4,
		concurrencyPer: options.concurrencyPer ?? 'mailbox',
		concurrencyRetryAfterSeconds: options.concurrencyRetryAfterSeconds ?? 1,
		accessTokenLifetimeSeconds: options.accessTokenLifetimeSeconds ?? 3600,
		refreshTokensOnce: options.refreshTokensOnce ?? false,
		uploadCasing: options.uploadCasing ?? 'camelCase',
		uploadRangeStatus: options.uploadRangeStatus ?? 200,
		draftLagMs: options.draftLagMs ?? 0,
	};
}

function panelOf(cloud: Cloud) {
	return {
		expireAccessTokens: (appId?: string) => cloud.accessTokens.expire(appId),
		revokeRefreshTokens: (appId?: string, aadsts = 50173) => cloud.grants.revoke(appId, aadsts),
		reset: () => {
			cloud.outbox.mails.length = 0;
			cloud.drafts.clear();
			cloud.inbox.clear();
			cloud.journal.reset();
			void cloud.faults.switchOff();
		},
	} satisfies ControlPanel;
}

async function close(listeners: readonly Listener[], servers: readonly FastifyInstance[]) {
	for (const listener of listeners) listener.close();
	await Promise.all(servers.map(async (server) => await server.close()));
}
