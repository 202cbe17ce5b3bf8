import { randomBytes } from 'node:crypto';
import type { Sandbox } from '#sandbox/index';
import { roboMqOverwrites } from '#sandbox/linking';
import type { N8n } from './process';

/** The secret part of n8n's endpoint for changing overwrites while it runs. */
const OVERWRITE_ENDPOINT = 'provision-applications';
const TOKEN_SETTING = 'CREDENTIALS_OVERWRITE_ENDPOINT_AUTH_TOKEN';

type Overwrites = Record<string, Record<string, string>>;

/** n8n's settings that provision the RoboMQ application, with a random token for changing them. */
export function provisioning(sandbox: Sandbox): Record<string, string> {
	return {
		CREDENTIALS_OVERWRITE_DATA: JSON.stringify(roboMqOverwrites(sandbox)),
		CREDENTIALS_OVERWRITE_ENDPOINT: OVERWRITE_ENDPOINT,
		[TOKEN_SETTING]: randomBytes(24).toString('base64url'),
		// n8n hides the redirect URL of all credentials of a node when one of them is provisioned.
		N8N_SKIP_CREDENTIAL_OVERWRITE: 'customerOutlookOAuth2Api',
	};
}

/** Where the operator of this n8n changes the overwrites while it runs, and with which token. */
export function overwriteEndpointOf({ origin, environment }: N8n): { url: string; token: string } {
	return { url: `${origin}/${OVERWRITE_ENDPOINT}`, token: environment[TOKEN_SETTING] ?? '' };
}

/** Replaces the overwrites of an n8n that runs, as its operator can. */
export async function provision(n8n: N8n, overwrites: Overwrites): Promise<void> {
	const response = await fetch(overwriteEndpointOf(n8n).url, {
		method: 'POST',
		headers: {
			'content-type': 'application/json',
			authorization: `Bearer ${overwriteEndpointOf(n8n).token}`,
		},
		body: JSON.stringify(overwrites),
	});
	const answer = await response.text();
	if (!response.ok) throw new Error(`n8n refused the overwrites (${response.status}): ${answer}`);
}
