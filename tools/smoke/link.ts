import { setTimeout as wait } from 'node:timers/promises';
import { authorizeUrlOf, saveCredential, type Credential } from '../n8n/credentials';
import type { EditorSession } from '../n8n/editorSession';
import { Obstacle } from '../kit/obstacle';
import type { Person } from './person';
import { credentialData, CREDENTIAL_TYPE, type Tenant } from './tenant';

/** How long a person may take to sign in, in milliseconds. */
const PATIENCE = 15 * 60_000;

/** Connects an account, with a person and a browser. */
export async function linkAccount(
	session: EditorSession,
	tenant: Tenant,
	person: Person,
): Promise<Credential> {
	const credential = await saveCredential(session, {
		name: 'Smoke',
		type: CREDENTIAL_TYPE,
		data: credentialData(tenant),
	});
	await person.signIn((await authorizeUrlOf(session, credential)).href);
	const deadline = Date.now() + PATIENCE;
	while (!(await isConnected(session, credential))) {
		if (Date.now() > deadline)
			throw new Obstacle(
				'The account was not linked. What the last page of the sign-in said tells why; docs/designer.md lists the codes.',
			);
		await wait(1_000);
	}
	return credential;
}

/** n8n does not show the token, but that there is one. */
async function isConnected(session: EditorSession, { id }: Credential): Promise<boolean> {
	const { data } = await session.get<{ data?: { oauthTokenData?: unknown } }>(
		`/credentials/${id}?includeData=true`,
	);
	return Boolean(data?.oauthTokenData);
}
