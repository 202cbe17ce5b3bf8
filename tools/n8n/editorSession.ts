import { randomUUID } from 'node:crypto';
import { ownerOf, type Owner } from './owner';
import type { N8n } from './process';

/** n8n refused a request of the editor. */
export class EditorRefusal extends Error {
	override readonly name = 'EditorRefusal';

	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
	}
}

/** A person signed in to n8n's editor, by the requests that the editor makes. */
export class EditorSession {
	private readonly browserId = randomUUID();

	private readonly cookies = new Map<string, string>();

	constructor(
		readonly origin: string,
		readonly owner: Owner,
	) {}

	async get<T>(path: string): Promise<T> {
		return await this.request<T>('GET', path);
	}

	async post<T>(path: string, body: unknown): Promise<T> {
		return await this.request<T>('POST', path, body);
	}

	async patch<T>(path: string, body: unknown): Promise<T> {
		return await this.request<T>('PATCH', path, body);
	}

	/** Opens a page of n8n in the browser that is signed in. */
	async visit(url: string): Promise<{ status: number; page: string }> {
		const response = await fetch(url, { headers: this.headers(), redirect: 'manual' });
		this.remember(response);
		return { status: response.status, page: await response.text() };
	}

	private async request<T>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await fetch(`${this.origin}/rest${path}`, {
			method,
			headers: { ...this.headers(), 'content-type': 'application/json' },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		this.remember(response);
		const answer = await readAnswer(response);
		if (!response.ok)
			throw new EditorRefusal(response.status, answer.message ?? response.statusText);
		return answer.data as T;
	}

	private headers(): Record<string, string> {
		const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
		return { 'browser-id': this.browserId, ...(cookie ? { cookie } : {}) };
	}

	private remember(response: Response): void {
		for (const cookie of response.headers.getSetCookie()) {
			const [pair = ''] = cookie.split(';');
			const separator = pair.indexOf('=');
			this.cookies.set(pair.slice(0, separator), pair.slice(separator + 1));
		}
	}
}

async function readAnswer(response: Response): Promise<{ data?: unknown; message?: string }> {
	const content = await response.text();
	try {
		return JSON.parse(content) as { data?: unknown; message?: string };
	} catch {
		return { message: content };
	}
}

/** Signs in; in a fresh n8n, as the owner who sets it up. */
export async function openEditorSession({
	origin,
	userFolder,
}: Pick<N8n, 'origin' | 'userFolder'>): Promise<EditorSession> {
	const owner = await ownerOf(userFolder);
	const session = new EditorSession(origin, owner);
	const { userManagement } = await session.get<{
		userManagement: { showSetupOnFirstLoad?: boolean };
	}>('/settings');
	if (userManagement.showSetupOnFirstLoad) await session.post('/owner/setup', owner);
	else await session.post('/login', { emailOrLdapLoginId: owner.email, password: owner.password });
	return session;
}
