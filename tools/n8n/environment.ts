import { delimiter, dirname, join } from 'node:path';
import { LOOPBACK } from '../kit/ports';

export interface N8nPlace {
	/** Where n8n keeps its database, settings and caches. */
	userFolder: string;
	port: number;
	/** For n8n's talk with its own task runners. */
	brokerPort: number;
	/** Where this n8n, and no other, says that it is ready. */
	healthPath: string;
}

/** As a browser on this machine sees n8n; Entra ID compares the redirect URI with it. */
export function originOf(port: number): string {
	return `http://localhost:${port}`;
}

/** n8n's temporary files stay with the rest of it. */
export function temporaryFolderOf(userFolder: string): string {
	return join(userFolder, 'tmp');
}

/** A quiet n8n on loopback that needs no internet and tells nobody anything. */
const QUIET = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PUBLIC_API_DISABLED: 'true',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_UNVERIFIED_PACKAGES_ENABLED: 'false',
	// Without a model of its own, n8n's assistant only stands between the sign-in and the workflows.
	N8N_DISABLED_MODULES: 'mcp-registry,instance-ai',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_PYTHON_ENABLED: 'false',
	N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
};

/** What a program needs of the person's own environment; no setting of another n8n among it. */
const INHERITED = ['LANG', 'SystemRoot'];

export function n8nEnvironment(
	{ userFolder, port, brokerPort, healthPath }: N8nPlace,
	settings: Readonly<Record<string, string>> = {},
): NodeJS.ProcessEnv {
	return {
		...Object.fromEntries(INHERITED.map((name) => [name, process.env[name]])),
		PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
		HOME: userFolder,
		TMPDIR: temporaryFolderOf(userFolder),
		NODE_ENV: 'production',
		...QUIET,
		N8N_USER_FOLDER: userFolder,
		N8N_PORT: String(port),
		N8N_LISTEN_ADDRESS: LOOPBACK,
		N8N_EDITOR_BASE_URL: originOf(port),
		WEBHOOK_URL: `${originOf(port)}/`,
		N8N_ENDPOINT_HEALTH: healthPath,
		N8N_SECURE_COOKIE: 'false',
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
		...settings,
	};
}
