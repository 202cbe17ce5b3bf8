import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ending } from '../kit/ending';
import { authorizeUrlOf, finishSignIn, saveCredential, type Credential } from '../n8n/credentials';
import { openEditorSession, type EditorSession } from '../n8n/editorSession';
import { freePort } from '../kit/ports';
import { installN8n } from '../n8n/install';
import { buildPackage, installCommunityPackage, packPackage } from '../n8n/packagedNode';
import { startN8n, type N8n } from '../n8n/process';
import { passingUserFolder } from '../n8n/userFolder';
import { BUILT_IN, THIS_NODE, type Contender } from './contenders';
import { startSandboxProcess, type SandboxProcess } from './sandboxProcess';

/** A Graph and, in n8n, an account linked to it for each node. */
export interface Cloud {
	sandbox: SandboxProcess;
	credentials: Map<Contender, Credential>;
}

export interface Stage {
	n8n: N8n;
	session: EditorSession;
	/** Where a workflow may read files from. */
	filesFolder: string;
	/** Connections are made at once. */
	near: Cloud;
	/** Each new connection takes as long as `FAR_MS` says. */
	far: Cloud;
}

/** The simulated round trip for connecting, in milliseconds. */
export const FAR_MS = 50;

/** Installs this package in the real n8n and links both nodes with both Graphs, over TLS. */
export async function setStage(ending: Ending): Promise<Stage> {
	await installN8n();
	await buildPackage();
	const folder = await passingUserFolder();
	ending.then(folder.release);
	const tarball = await packPackage(join(folder.path, 'packed'));
	await installCommunityPackage(folder.path, tarball);

	const near = await startSandboxProcess(['--tls']);
	ending.then(near.stop);
	const far = await startSandboxProcess(['--tls', '--connect-latency', String(FAR_MS)]);
	ending.then(far.stop);
	const authorities = join(folder.path, 'authorities.pem');
	await writeFile(authorities, `${near.caCertificatePem}\n${far.caCertificatePem}`);
	const filesFolder = join(folder.path, 'files');
	await mkdir(filesFolder);

	const n8n = await startN8n({
		userFolder: folder.path,
		port: await freePort(),
		settings: { NODE_EXTRA_CA_CERTS: authorities, N8N_RESTRICT_FILE_ACCESS_TO: filesFolder },
	});
	const session = await openEditorSession(n8n);
	return {
		n8n,
		session,
		filesFolder,
		near: { sandbox: near, credentials: await linkBoth(session, near, 'near') },
		far: { sandbox: far, credentials: await linkBoth(session, far, 'far') },
	};
}

async function linkBoth(
	session: EditorSession,
	sandbox: SandboxProcess,
	name: string,
): Promise<Map<Contender, Credential>> {
	const { apps, tenants, accounts } = await sandbox.directory();
	const { loginOrigin, graphOrigin } = sandbox;
	const cloud = {
		loginOrigin,
		graphOrigin,
		tenantId: tenants.contoso.id,
		clientId: apps.customerSecret.id,
		clientSecret: apps.customerSecret.secrets[0]!.value,
	};
	const credentials = new Map<Contender, Credential>();
	for (const contender of [BUILT_IN, THIS_NODE]) {
		const credential = await saveCredential(session, {
			name: `${contender.name}, ${name}`,
			type: contender.credentialType,
			data: contender.credentialData(cloud),
		});
		const authorizeUrl = await authorizeUrlOf(session, credential);
		const { redirectUrl } = await sandbox.signIn({
			authorizeUrl: authorizeUrl.href,
			account: accounts.adele.userPrincipalName,
		});
		await finishSignIn(session, redirectUrl);
		credentials.set(contender, credential);
	}
	return credentials;
}
