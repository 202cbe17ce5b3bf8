import assert from 'node:assert/strict';
import type { Sandbox } from '#sandbox/index';
import { authorizeUrlOf, finishSignIn, saveCredential, type Credential } from '../n8n/credentials';
import { EditorRefusal, type EditorSession } from '../n8n/editorSession';
import { execute, type Execution } from '../n8n/executions';
import { node } from '../n8n/mailNodes';
import { NODE_TYPE } from '../n8n/packagedNode';
import { chain, saveWorkflow, type WorkflowDefinition } from '../n8n/workflows';
import type { Hostile } from './hostile';
import type { Way } from './ways';

export interface Scene {
	sandbox: Sandbox;
	/** An ordinary member of the n8n, who owns the credential. */
	member: EditorSession;
	hostile: Hostile;
}

export const ROBO_MQ = 'roboMqOutlookOAuth2Api';

const SEND = 'Send';
const CHECK = 'Check Connection';

/**
 * Stores the credential, links it where n8n lets the member do so, and runs each operation twice, the
 * second time with an expired token.
 *
 * @returns what became of it, when nothing reached a foreign host and nothing shows a secret
 */
export async function tryWay(scene: Scene, way: Way): Promise<string> {
	const { sandbox, member, hostile } = scene;
	hostile.requests.length = 0;
	hostile.destinations.length = 0;
	const mails = sandbox.outbox.length;
	const credential = await saveCredential(member, {
		name: `Way: ${way.name}`,
		type: ROBO_MQ,
		data: way.data(hostile.origin),
	});
	const shown = [await signIn(scene, credential)];
	const workflow = await saveWorkflow(member, everyOperation(way.name, credential));
	const executions = [await execute(member, workflow)];
	sandbox.expireAccessTokens();
	executions.push(await execute(member, workflow));
	shown.push(...executions.map(({ stored }) => stored));
	shown.push(JSON.stringify(await member.get(`/credentials/${credential.id}?includeData=true`)));

	assert.deepEqual(hostile.requests, [], 'a foreign host was called');
	assert.deepEqual(foreign(hostile), [], 'a foreign host was to be called');
	requireNoSecret(sandbox, shown);
	const accepted = sandbox.outbox.length - mails;
	const expected = way.works ? executions.length : 0;
	assert.equal(accepted, expected, `${accepted} emails were accepted: ${reasonOf(executions)}`);
	return way.works ? 'without effect' : `refused: ${reasonOf(executions)}`;
}

/** @returns what n8n showed the member of the sign-in */
async function signIn({ sandbox, member }: Scene, credential: Credential): Promise<string> {
	try {
		const url = await authorizeUrlOf(member, credential);
		if (url.origin !== sandbox.loginOrigin) return url.href;
		const { redirectUrl } = await sandbox.signIn({
			authorizeUrl: url.href,
			account: sandbox.directory.accounts.adele.userPrincipalName,
		});
		await finishSignIn(member, redirectUrl);
		return url.href;
	} catch (error) {
		if (error instanceof assert.AssertionError) throw error;
		return error instanceof EditorRefusal ? error.message : String(error);
	}
}

export function everyOperation(name: string, credential: Credential): WorkflowDefinition {
	const mail = {
		application: credential.type === ROBO_MQ ? 'roboMq' : 'customer',
		...{ to: 'jane@contoso.example', subject: 'Hello', bodyType: 'text', body: 'Hello Jane' },
		options: {},
	};
	const operation = (number: number, title: string, value: string) => ({
		...node(number, title, NODE_TYPE, 1, { ...mail, operation: value }),
		credentials: { [credential.type]: { id: credential.id, name: credential.name } },
		onError: 'continueRegularOutput' as const,
		executeOnce: true,
	});
	return chain(`Way: ${name}`, [
		node(1, 'Start', 'n8n-nodes-base.manualTrigger', 1, {}),
		operation(2, 'Preview', 'preview'),
		operation(3, CHECK, 'checkConnection'),
		operation(4, SEND, 'send'),
	]);
}

function reasonOf(executions: readonly Execution[]): string {
	const [first] = executions;
	const [item] = first?.outputOf(SEND) ?? [];
	return String(item?.json.error ?? item?.error?.message ?? first?.error?.message ?? 'no error');
}

/** Where the sandbox does not stand in, the RoboMQ application is one of the global cloud. */
const MICROSOFT = ['login.microsoftonline.com:443', 'graph.microsoft.com:443'];

export function foreign({ destinations }: Hostile): string[] {
	return destinations.filter((destination) => !MICROSOFT.includes(destination));
}

/** Neither the operator's secret, in the forms in which it travels, nor a token of the sandbox. */
export function requireNoSecret({ directory }: Sandbox, places: readonly string[]): void {
	const secret = directory.apps.roboMq.secrets[0]?.value ?? '';
	const forms = [
		secret,
		encodeURIComponent(secret),
		new URLSearchParams({ x: secret }).toString().slice(2),
		Buffer.from(secret).toString('base64'),
		secret.replace('~', '').toLowerCase(),
	];
	for (const [index, place] of places.entries()) {
		for (const form of forms) {
			assert.ok(!place.includes(form), `place ${index + 1} shows the operator's secret`);
		}
		assert.doesNotMatch(
			place,
			/eyJ[\w-]{10,}\.[\w-]{10,}\.|SandboxRefresh\.[\w-]+/,
			'a token shows',
		);
	}
}
