import { readTokenError, type SignInFailure } from '../facts/signInFailure';
import type { Connection } from './connection';
import { readObject, type HostHttp } from './hostHttp';

/** What the sign-in host says of a tenant. */
export type TenantAnswer =
	| { kind: 'found'; metadata: Record<string, unknown>; serverTime: Date | undefined }
	| { kind: 'refused'; said: SignInFailure; serverTime: Date | undefined }
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
			return { kind: 'found', metadata: body, serverTime };
		}
		const said = readTokenError(body);
		if (said) return { kind: 'refused', said, serverTime };
		return { kind: 'noAnswer', cause: new Error(`The sign-in host answered ${status}`) };
	} catch (cause) {
		return { kind: 'noAnswer', cause };
	}
}

function readTime(value: string | undefined): Date | undefined {
	const time = new Date(value ?? '');
	return Number.isNaN(time.getTime()) ? undefined : time;
}
