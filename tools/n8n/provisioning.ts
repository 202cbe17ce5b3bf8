import type { Sandbox } from '#sandbox/index';

/** The secret part of n8n's endpoint for changing overwrites while it runs. */
const OVERWRITE_ENDPOINT = 'provision-applications';
const OVERWRITE_TOKEN = 'demo-operator';

type Overwrites = Record<string, Record<string, string>>;

/** What the operator of n8n knows of the RoboMQ application, and no designer sees. */
export function roboMqOverwrites({ loginOrigin, graphOrigin, directory }: Sandbox): Overwrites {
	const { id, secrets } = directory.apps.roboMq;
	return {
		roboMqOutlookOAuth2Api: {
			cloudInstance: 'custom',
			loginHost: loginOrigin,
			graphHost: graphOrigin,
			clientId: id,
			clientSecret: secrets[0]?.value ?? '',
		},
	};
}

/** n8n's settings that provision the RoboMQ application. */
export function provisioning(sandbox: Sandbox): Record<string, string> {
	return {
		CREDENTIALS_OVERWRITE_DATA: JSON.stringify(roboMqOverwrites(sandbox)),
		CREDENTIALS_OVERWRITE_ENDPOINT: OVERWRITE_ENDPOINT,
		CREDENTIALS_OVERWRITE_ENDPOINT_AUTH_TOKEN: OVERWRITE_TOKEN,
		// n8n hides the redirect URL of all credentials of a node when one of them is provisioned.
		N8N_SKIP_CREDENTIAL_OVERWRITE: 'customerOutlookOAuth2Api',
	};
}

/** Replaces the overwrites of an n8n that runs, as its operator can. */
export async function provision(n8nOrigin: string, overwrites: Overwrites): Promise<void> {
	const response = await fetch(`${n8nOrigin}/${OVERWRITE_ENDPOINT}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', authorization: `Bearer ${OVERWRITE_TOKEN}` },
		body: JSON.stringify(overwrites),
	});
	const answer = await response.text();
	if (!response.ok) throw new Error(`n8n refused the overwrites (${response.status}): ${answer}`);
}
