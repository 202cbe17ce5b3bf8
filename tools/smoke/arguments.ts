import { readFile } from 'node:fs/promises';
import { readOptions, readPort } from '../kit/commandLine';
import { Obstacle } from '../kit/obstacle';
import {
	CLOUD_INSTANCES,
	CUSTOM_CLOUD_INSTANCE,
	DEFAULT_CLOUD_INSTANCE,
} from '#node/account/cloudInstances';
import { OPTIONAL_PERMISSIONS, type OptionalPermission } from '#node/account/application';
import type { AppProof, Tenant } from './tenant';

export interface SmokeArguments {
	tenant: Omit<Tenant, 'proof'>;
	/** Undefined where the client secret is to be asked for. */
	certificate: AppProof | undefined;
	/** Where every mail goes: the person's own mailbox. */
	to: string;
	/** A shared mailbox, to try the option From. */
	from: string | undefined;
	port: number | undefined;
	/** The sandbox instead of a tenant, and nobody at the keyboard. */
	rehearse: boolean;
	help: boolean;
}

export const USAGE = `npm run smoke -- --tenant ID --client-id ID --to YOU [options]

Sends each kind of mail to yourself from an n8n of its own, asks what you see, and writes a report.
The app needs the redirect URI http://localhost/rest/oauth2-credential/callback (platform Web); Entra
ID does not look at the port of localhost. The client secret is asked for on the screen.

  --to ADDRESS           your own address, where every mail goes
  --tenant ID            Directory (tenant) ID or domain; without it, common
  --client-id ID         Application (client) ID
  --certificate FILE     PEM; with --private-key FILE, instead of a client secret
  --cloud NAME           ${Object.keys(CLOUD_INSTANCES).join(', ')}, ${CUSTOM_CLOUD_INSTANCE}
  --login-host ORIGIN    with --cloud custom
  --graph-host ORIGIN    with --cloud custom
  --permissions A,B      of ${Object.keys(OPTIONAL_PERMISSIONS).join(', ')}: to try what needs them
  --from ADDRESS         a mailbox that lets you send, with Mail.Send.Shared
  --port N               the port of n8n; without it 5678, or a free one
  --rehearse             with the sandbox in the place of a tenant, and nobody at the keyboard
  --help                 this text`;

/** @throws {Obstacle} naming what is missing or not understood */
export async function readArguments(given: readonly string[]): Promise<SmokeArguments> {
	const values = readOptions(given, USAGE, {
		to: { type: 'string' },
		from: { type: 'string' },
		tenant: { type: 'string' },
		'client-id': { type: 'string' },
		certificate: { type: 'string' },
		'private-key': { type: 'string' },
		cloud: { type: 'string' },
		'login-host': { type: 'string' },
		'graph-host': { type: 'string' },
		permissions: { type: 'string' },
		port: { type: 'string' },
		rehearse: { type: 'boolean', default: false },
	});
	const { help, rehearse } = values;
	if (!help && !rehearse)
		for (const name of ['to', 'client-id'] as const)
			if (!values[name]) throw new Obstacle(`--${name} is missing.`, USAGE);
	return {
		help,
		rehearse,
		to: values.to ?? '',
		from: values.from,
		port: readPort(values.port),
		tenant: {
			cloudInstance: values.cloud ?? DEFAULT_CLOUD_INSTANCE,
			loginHost: values['login-host'] ?? '',
			graphHost: values['graph-host'] ?? '',
			tenantId: values.tenant ?? '',
			clientId: values['client-id'] ?? '',
			permissions: readPermissions(values.permissions),
		},
		certificate: await readCertificate(values.certificate, values['private-key']),
	};
}

function readPermissions(list: string | undefined): OptionalPermission[] {
	const known = Object.keys(OPTIONAL_PERMISSIONS) as OptionalPermission[];
	return (list ?? '')
		.split(',')
		.filter((name) => name !== '')
		.map((name) => {
			const permission = known.find((candidate) => candidate === name);
			if (!permission) throw new Obstacle(`--permissions takes ${known.join(', ')}, not ${name}.`);
			return permission;
		});
}

async function readCertificate(
	certificate: string | undefined,
	privateKey: string | undefined,
): Promise<AppProof | undefined> {
	if (certificate === undefined && privateKey === undefined) return undefined;
	if (certificate === undefined || privateKey === undefined)
		throw new Obstacle('--certificate and --private-key go together.');
	return {
		clientCredentialType: 'certificate',
		certificate: await readFile(certificate, 'utf8'),
		privateKey: await readFile(privateKey, 'utf8'),
	};
}
