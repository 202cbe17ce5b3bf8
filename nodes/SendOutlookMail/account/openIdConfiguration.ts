import { readTokenError, type SignInFailure } from '../facts/signInFailure';
import type { Connection } from './connection';
import { readObject, type HostHttp } from './hostHttp';

/** What the sign-in host says of a tenant. */
export type TenantAnswer =
	| { kind: 'found'; metadata: Record<string, unknown>; serverTime: Date | undefined }
	| { kind: 'refused'; said: SignInFailure; serverTime: Date | undefined }
	/** It names an endpoint of another host, to which neither secret nor token may go. */
	| { kind: 'foreign'; host: string; serverTime: Date | undefined }
	| { kind: 'noAnswer'; cause: unknown };

/** https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc#fetch-the-openid-configuration-document */
export async function askForTenant(
	{ loginOrigin, tenant }: Connection,
	http: HostHttp,
): Promise<TenantAnswer> {
	try {
		const { status, headers, text } = await http({
			method: 'GET',
			url: `${loginOrigin}/${tenant}/v2.0/.well-known/openid-configuration`,
		});
		const body = readObject(text);
		const serverTime = readTime(headers.date);
		if (typeof body.token_endpoint === 'string') {
			const foreign = [body.token_endpoint, body.authorization_endpoint]
				.map(originOf)
				.find((origin) => origin !== loginOrigin);
			if (foreign !== undefined) return { kind: 'foreign', host: foreign, serverTime };
			return { kind: 'found', metadata: body, serverTime };
		}
		const said = readTokenError(body);
		if (said) return { kind: 'refused', said, serverTime };
		return { kind: 'noAnswer', cause: new Error(`The sign-in host answered ${status}`) };
	} catch (cause) {
		return { kind: 'noAnswer', cause };
	}
}

function originOf(url: unknown): string {
	const text = typeof url === 'string' ? url : '';
	return URL.canParse(text) ? new URL(text).origin : 'no host';
}

function readTime(value: string | undefined): Date | undefined {
	const time = new Date(value ?? '');
	return Number.isNaN(time.getTime()) ? undefined : time;
}
