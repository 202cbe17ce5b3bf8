import { createHash, randomBytes } from 'node:crypto';
import type { Sandbox } from '#sandbox/index';
import type { Application } from '#sandbox/directory/index';

export const CALLBACK = 'http://localhost:5678/rest/oauth2-credential/callback';
export const SCOPE = 'Mail.Send offline_access';

export interface Pkce {
	readonly verifier: string;
	readonly challenge: string;
}

export function newPkce(): Pkce {
	const verifier = randomBytes(32).toString('base64url');
	return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

export function authorizeUrl(
	sandbox: Sandbox,
	app: Application,
	own: Readonly<Record<string, string | undefined>> = {},
	tenant = 'common',
): string {
	const url = new URL(`${sandbox.loginOrigin}/${tenant}/oauth2/v2.0/authorize`);
	const values = {
		client_id: app.id,
		response_type: 'code',
		redirect_uri: CALLBACK,
		scope: SCOPE,
		state: 'state-1',
		...own,
	};
	for (const [name, value] of Object.entries(values)) {
		if (value !== undefined) url.searchParams.set(name, value);
	}
	return url.href;
}

export interface TokenResponse {
	readonly status: number;
	readonly body: Record<string, unknown> & {
		access_token?: string;
		refresh_token?: string;
		error?: string;
		error_description?: string;
		error_codes?: number[];
	};
}

export async function postToken(
	sandbox: Sandbox,
	form: Readonly<Record<string, string>>,
	tenant = 'common',
): Promise<TokenResponse> {
	const response = await fetch(`${sandbox.loginOrigin}/${tenant}/oauth2/v2.0/token`, {
		method: 'POST',
		body: new URLSearchParams(form),
	});
	return { status: response.status, body: (await response.json()) as TokenResponse['body'] };
}

/** A person signs in and consents; the code and its verifier. */
export async function newCode(
	sandbox: Sandbox,
	app: Application,
	account: string,
	{ scope = SCOPE, tenant = 'common' } = {},
) {
	const { verifier, challenge } = newPkce();
	const { redirectUrl } = await sandbox.signIn({
		authorizeUrl: authorizeUrl(
			sandbox,
			app,
			{ scope, code_challenge: challenge, code_challenge_method: 'S256' },
			tenant,
		),
		account,
	});
	const code = new URL(redirectUrl).searchParams.get('code') ?? '';
	return { code, verifier };
}

/** Signs in and redeems: tokens as n8n holds them once an account is connected. */
export async function connect(
	sandbox: Sandbox,
	app: Application,
	account: string,
	options: { scope?: string; tenant?: string } = {},
): Promise<{ accessToken: string; refreshToken: string }> {
	const { code, verifier } = await newCode(sandbox, app, account, options);
	const { status, body } = await postToken(
		sandbox,
		{
			grant_type: 'authorization_code',
			client_id: app.id,
			client_secret: app.secrets[0]?.value ?? '',
			code,
			code_verifier: verifier,
			redirect_uri: CALLBACK,
		},
		options.tenant,
	);
	if (status !== 200) throw new Error(`no token: ${JSON.stringify(body)}`);
	return { accessToken: body.access_token ?? '', refreshToken: body.refresh_token ?? '' };
}

export interface GraphResponse {
	readonly status: number;
	readonly headers: Headers;
	readonly text: string;
	readonly code: string | undefined;
}

/** One request to Graph; `code` is that of Graph's error body. */
export async function callGraph(
	sandbox: Sandbox,
	path: string,
	{ token, body, ...init }: Omit<RequestInit, 'body'> & { token?: string; body?: unknown } = {},
): Promise<GraphResponse> {
	const raw = typeof body === 'string' || body instanceof Uint8Array;
	const response = await fetch(new URL(path, sandbox.graphOrigin), {
		method: 'POST',
		...init,
		headers: {
			// A pooled connection that a fault has cut would fail the request after it.
			connection: 'close',
			...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
			...(body === undefined || raw ? {} : { 'content-type': 'application/json' }),
			...(init.headers as Record<string, string> | undefined),
		},
		...(body === undefined ? {} : { body: raw ? (body as string) : JSON.stringify(body) }),
	});
	const text = await response.text();
	const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
	const parsed = isJson && text !== '' ? (JSON.parse(text) as { error?: { code?: string } }) : {};
	return { status: response.status, headers: response.headers, text, code: parsed.error?.code };
}

export function mailTo(address: string, own: Record<string, unknown> = {}) {
	return {
		message: {
			subject: 'Welcome',
			body: { contentType: 'html', content: '<p>Welcome!</p>' },
			toRecipients: [{ emailAddress: { address } }],
			...own,
		},
	};
}
