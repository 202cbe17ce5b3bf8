import assert from 'node:assert/strict';
import { scanLinks } from '#sandbox/robot/linkScanner';
import { BUILT_IN } from '../../bench/contenders';
import { inParallel } from '../../kit/inParallel';
import {
	authorizeUrlOf,
	finishSignIn,
	saveCredential,
	type Credential,
} from '../../n8n/credentials';
import { startExecution, waitForExecution } from '../../n8n/executions';
import { node } from '../../n8n/mailNodes';
import { chain, saveWorkflow, type SavedWorkflow } from '../../n8n/workflows';
import {
	answer,
	linksIn,
	mailsOfExecution,
	questionRun,
	QUESTION_NODE,
	untilWaiting,
} from '../questions';
import type { Asking } from '../asking';

/** A link scanner visits every link of many questions: none is decided, and people still can. */
export async function scannersDecideNothing({ stage, account }: Asking, count: number) {
	const workflow = await saveWorkflow(stage.session, questionRun('Scanned', account.credential));
	const { decided, requests, scripts, left } = await scanned(stage, workflow, count);
	assert.equal(decided, 0, `${decided} of ${count} questions were decided by the scanner`);
	assert.equal(scripts, 0);
	for (const { id, link } of left.slice(0, 3)) {
		assert.equal((await answer(link, { choice: '1' })).status, 200);
		const run = await waitForExecution(stage.session, id);
		assert.equal(run.outputOf(QUESTION_NODE)[0]?.json.status, 'approved');
	}
	return `0 of ${count} questions decided by ${requests} requests; people answered after that`;
}

/** The same robot at n8n's own Outlook node, in the same n8n. */
export async function scannersDecideForTheBuiltInNode({ stage }: Asking, count: number) {
	const credential = await linkBuiltIn(stage);
	const workflow = await saveWorkflow(stage.session, builtInRun(credential));
	const { decided, requests } = await scanned(stage, workflow, count);
	return `${decided} of ${count} questions decided by ${requests} requests`;
}

/** How many questions are asked and scanned at once. */
const SIMULTANEOUS = 12;

async function scanned(stage: Asking['stage'], workflow: SavedWorkflow, count: number) {
	const result = {
		decided: 0,
		requests: 0,
		scripts: 0,
		left: [] as Array<{ id: string; link: string }>,
	};
	await inParallel(count, SIMULTANEOUS, workflow.name, async () => {
		const id = await startExecution(stage.session, workflow);
		const [mail] = await mailsOfExecution(stage.sandbox, id, 1);
		await untilWaiting(stage.session, id);
		const links = linksIn(mail!).filter((link) => link.includes('/webhook-waiting/'));
		assert.ok(links.length > 0, 'there is no link in the email');
		const scan = await scanLinks(links);
		result.requests += scan.requests;
		result.scripts += scan.scripts;
		const { status } = await stage.session.get<{ status: string }>(`/executions/${id}`);
		if (status === 'waiting') result.left.push({ id, link: links[0]! });
		else result.decided += 1;
	});
	return result;
}

async function linkBuiltIn({ sandbox, session }: Asking['stage']): Promise<Credential> {
	const { apps, tenants, accounts } = sandbox.directory;
	const credential = await saveCredential(session, {
		name: "n8n's Outlook account",
		type: BUILT_IN.credentialType,
		data: BUILT_IN.credentialData({
			loginOrigin: sandbox.loginOrigin,
			graphOrigin: sandbox.graphOrigin,
			tenantId: tenants.contoso.id,
			clientId: apps.customerSecret.id,
			clientSecret: apps.customerSecret.secrets[0]!.value,
		}),
	});
	const { redirectUrl } = await sandbox.signIn({
		authorizeUrl: (await authorizeUrlOf(session, credential)).href,
		account: accounts.megan.userPrincipalName,
	});
	await finishSignIn(session, redirectUrl);
	return credential;
}

function builtInRun(credential: Credential) {
	return chain('Scanned, built-in', [
		node(1, 'Start', 'n8n-nodes-base.manualTrigger', 1, {}),
		{
			...node(2, QUESTION_NODE, BUILT_IN.nodeType, BUILT_IN.typeVersion, {
				resource: 'message',
				operation: 'sendAndWait',
				toRecipients: 'manager@contoso.example',
				subject: 'Access',
				message: 'Does Sam need payroll?',
				approvalOptions: { values: { approvalType: 'double' } },
			}),
			credentials: { [credential.type]: { id: credential.id, name: credential.name } },
			webhookId: 'b0000000-0000-4000-8000-000000000001',
		},
	]);
}
