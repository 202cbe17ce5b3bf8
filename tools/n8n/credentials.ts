import type { EditorSession } from './editorSession';

export interface Credential {
	id: string;
	name: string;
	type: string;
}

export interface CredentialEntry {
	name: string;
	type: string;
	/** What a designer enters in the credential's dialog. */
	data: Record<string, unknown>;
}

/** Saves a credential; one of the same name and type is filled in anew. */
export async function saveCredential(
	session: EditorSession,
	{ name, type, data }: CredentialEntry,
): Promise<Credential> {
	const known = await session.get<Credential[]>('/credentials');
	const old = known.find((credential) => credential.name === name && credential.type === type);
	const { id } = old
		? await session.patch<Credential>(`/credentials/${old.id}`, { name, type, data })
		: await session.post<Credential>('/credentials', { name, type, data });
	return { id, name, type };
}

/** What n8n's button to connect an account opens: the address of the sign-in. */
export async function authorizeUrlOf(
	session: EditorSession,
	{ id }: Pick<Credential, 'id'>,
): Promise<URL> {
	return new URL(await session.get<string>(`/oauth2-credential/auth?id=${encodeURIComponent(id)}`));
}

/**
 * Brings the browser back to n8n from the sign-in, with the code that n8n redeems.
 *
 * @throws when n8n's page says that the account is not connected
 */
export async function finishSignIn(session: EditorSession, redirectUrl: string): Promise<void> {
	const { status, page } = await session.visit(redirectUrl);
	if (status === 200 && page.includes('Connection successful')) return;
	throw new Error(`n8n did not connect the account (status ${status}): ${visibleText(page)}`);
}

function visibleText(page: string): string {
	const text = page.replace(/<(script|style)[\s\S]*?<\/\1>/g, ' ').replace(/<[^>]*>/g, ' ');
	return text.replace(/\s+/g, ' ').trim().slice(0, 600);
}
