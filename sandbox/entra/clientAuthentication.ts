import type { Application } from '../directory';
import { checkAssertion } from './clientAssertion';
import { Refusal } from './refusal';

export interface ClientCredentials {
	readonly clientId: string | undefined;
	readonly secret: string | undefined;
	readonly assertion: string | undefined;
	readonly assertionType: string | undefined;
}

/** Client ID and secret from the body, or from a Basic header (both are in Entra's metadata). */
export function readCredentials(
	body: Readonly<Record<string, string | undefined>>,
	authorization: string | undefined,
): ClientCredentials {
	const basic = /^Basic (.+)$/i.exec(authorization ?? '')?.[1];
	const pair = basic === undefined ? undefined : Buffer.from(basic, 'base64').toString('utf8');
	const colon = pair?.indexOf(':') ?? -1;
	const [id, secret] =
		pair === undefined || colon < 0
			? []
			: [decodeURIComponent(pair.slice(0, colon)), decodeURIComponent(pair.slice(colon + 1))];
	return {
		clientId: body['client_id'] ?? id,
		secret: body['client_secret'] ?? secret,
		assertion: body['client_assertion'],
		assertionType: body['client_assertion_type'],
	};
}

/** Refuses a client that is not the app it names. */
export async function authenticateClient(
	app: Application,
	credentials: ClientCredentials,
	tokenEndpoints: readonly string[],
): Promise<void> {
	const { secret, assertion } = credentials;
	const present = (secret ?? '') !== '' || (assertion ?? '') !== '';
	if (app.platform !== 'web') {
		if (present) throw new Refusal(700025);
		return;
	}
	if (!present) throw new Refusal(7000218);
	if (assertion === undefined || assertion === '') return checkSecret(app, secret ?? '');
	await checkAssertion(app, credentials, tokenEndpoints);
}

function checkSecret(app: Application, value: string): void {
	const now = Date.now();
	const match = app.secrets.find((secret) => secret.value === value);
	if (match === undefined || match.startsAt.getTime() > now) {
		throw new Refusal(7000215, { app: app.id });
	}
	if (match.endsAt.getTime() <= now) throw new Refusal(7000222, { app: app.id });
}
