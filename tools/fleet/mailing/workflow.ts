import { node } from '../../n8n/mailNodes';
import type { Credential } from '../../n8n/credentials';
import type { EditorSession } from '../../n8n/editorSession';
import { NODE_TYPE } from '../../n8n/packagedNode';
import { chain, saveWorkflow, type WorkflowNode } from '../../n8n/workflows';

export const WEBHOOK_PATH = 'letters';
export const SPLIT_NODE = 'One Item per Letter';
export const MAIL_NODE = 'Send Outlook Mail';

/** Publishes a workflow that sends one mail for each letter posted to it, and tells what came of it. */
export async function publishMailing(
	session: EditorSession,
	credential: Credential,
): Promise<string> {
	const saved = await saveWorkflow(
		session,
		chain('Mailing', [webhook(), oneItemPerLetter(), mail(credential)]),
	);
	const { versionId } = await session.get<{ versionId: string }>(`/workflows/${saved.id}`);
	await session.post(`/workflows/${saved.id}/activate`, { versionId });
	return saved.id;
}

function webhook(): WorkflowNode {
	return {
		...node(1, 'Letters Ordered', 'n8n-nodes-base.webhook', 2, {
			httpMethod: 'POST',
			path: WEBHOOK_PATH,
			responseMode: 'lastNode',
			responseData: 'allEntries',
			options: {},
		}),
		webhookId: 'f1ee7000-0000-4000-8000-000000000001',
	} as WorkflowNode;
}

function oneItemPerLetter(): WorkflowNode {
	return node(2, SPLIT_NODE, 'n8n-nodes-base.splitOut', 1, {
		fieldToSplitOut: 'body.letters',
		options: {},
	});
}

function mail(credential: Credential): WorkflowNode {
	return {
		...node(3, MAIL_NODE, NODE_TYPE, 1, {
			application: 'roboMq',
			operation: 'send',
			to: '={{ $json.to }}',
			subject: '={{ $json.subject }}',
			bodyType: 'text',
			body: '={{ $json.body }}',
			options: {
				sendOnceKey: '={{ $json.key }}',
				onUnknownOutcome: '={{ $json.onUnknownOutcome }}',
			},
		}),
		// Each mail has an outcome of its own, whatever becomes of the others.
		onError: 'continueRegularOutput',
		credentials: { [credential.type]: { id: credential.id, name: credential.name } },
	} as WorkflowNode;
}
