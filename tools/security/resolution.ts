import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';
import { RoboMqOutlookOAuth2Api } from '#credentials/RoboMqOutlookOAuth2Api.credentials';
import { CredentialStore } from '../engine/credentialStore';
import type { Checklist } from '../kit/checklist';
import { N8N_PROGRAM } from '../n8n/install';
import { ROBO_MQ } from './tryWay';
import { WAYS } from './ways';

const PROVIDED = { clientId: 'operator-client', clientSecret: 'operator~secret' };

/** As far as it is used here, n8n's own class that turns what is stored into what a node gets. */
interface CredentialsHelper {
	getCredentialsProperties(type: string): INodeProperties[];
	applyDefaultsAndOverwrites(
		additionalData: object,
		stored: object,
		type: string,
		mode: 'internal',
	): Promise<ICredentialDataDecryptedObject>;
}

/** n8n's own code with the RoboMQ application provisioned, and without a database. */
function openCredentialsHelper(): CredentialsHelper {
	const load = createRequire(N8N_PROGRAM);
	load('reflect-metadata');
	const n8n = {
		...(load('../dist/credentials-helper.js') as object),
		...(load('../dist/credentials-overwrites.js') as object),
		...(load('n8n-nodes-base/dist/credentials/OAuth2Api.credentials.js') as object),
	} as {
		CredentialsHelper: new (...services: unknown[]) => CredentialsHelper;
		CredentialsOverwrites: new (...services: unknown[]) => { setPlainData(data: object): void };
		OAuth2Api: new () => ICredentialType;
	};
	const types: Record<string, ICredentialType> = {
		oAuth2Api: new n8n.OAuth2Api(),
		[ROBO_MQ]: new RoboMqOutlookOAuth2Api(),
	};
	const credentialTypes = {
		recognizes: (name: string) => name in types,
		getByName: (name: string) => types[name],
		getParentTypes: (name: string) => types[name]?.extends ?? [],
		getSupportedNodes: () => [],
	};
	const overwrites = new n8n.CredentialsOverwrites(
		{ credentials: { overwrite: {} } },
		credentialTypes,
		console,
	);
	overwrites.setPlainData({ [ROBO_MQ]: PROVIDED });
	return new n8n.CredentialsHelper(credentialTypes, overwrites);
}

/** What n8n's own code makes of each way, and of an expression in each field there is. */
export async function checkResolution(list: Checklist): Promise<void> {
	const helper = openCredentialsHelper();
	const resolve = async (stored: object) =>
		await helper.applyDefaultsAndOverwrites({}, stored, ROBO_MQ, 'internal');

	await list.check("no expression in any field reads the secret, in n8n's own code", async () => {
		const places = [
			...helper.getCredentialsProperties(ROBO_MQ).map(({ name }) => name),
			...['access_token', 'refresh_token', 'token_type', 'scope', 'resource', 'expires_in'].map(
				(name) => `oauthTokenData.${name}`,
			),
		].filter((name) => name !== 'clientSecret');
		let tried = 0;
		for (const place of places) {
			for (const reader of READERS) {
				for (const value of [reader, [reader], ['x', reader]]) {
					const [field = '', part] = place.split('.');
					const stored = part === undefined ? value : { access_token: 'a', [part]: value };
					const { clientSecret, ...rest } = await resolve({ [field]: stored });
					const shown = JSON.stringify(rest);
					assert.ok(!shown.includes(PROVIDED.clientSecret), `${place} = ${JSON.stringify(value)}`);
					tried += 1;
				}
			}
		}
		return `${tried} values in ${places.length} fields`;
	});

	await list.check("the tests' own store of credentials resolves as n8n does", async () => {
		const store = new CredentialStore({ [ROBO_MQ]: PROVIDED });
		for (const { name, data } of WAYS) {
			const stored = data('https://evil.example') as ICredentialDataDecryptedObject;
			store.add({ id: 'c', name, type: ROBO_MQ, data: stored });
			const [ours, theirs] = [store.resolve('c'), await resolve(stored)];
			assert.deepEqual(defined(ours), defined(theirs), name);
		}
		return `${WAYS.length} ways`;
	});
}

const READERS = [
	'={{ $self.clientSecret }}',
	'=={{ $self["clientSecret"] }}',
	'=x{{ JSON.stringify($self) }}',
];

function defined(data: object): object {
	return JSON.parse(JSON.stringify(data)) as object;
}
