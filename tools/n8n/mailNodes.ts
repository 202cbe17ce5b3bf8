import type { Credential } from './credentials';
import { NODE_TYPE } from './packagedNode';
import { chain, type WorkflowDefinition, type WorkflowNode } from './workflows';

export interface Letter {
	to: string;
	subject: string;
	body: string;
}

/** A workflow that sends one plain mail for each letter, through the linked account. */
export function mailRun(
	name: string,
	credential: Credential,
	letters: readonly Letter[],
): WorkflowDefinition {
	return chain(name, [
		node(1, 'Start', 'n8n-nodes-base.manualTrigger', 1, {}),
		node(2, 'Letters', 'n8n-nodes-base.set', 3.4, {
			mode: 'raw',
			jsonOutput: JSON.stringify({ letters }),
			options: {},
		}),
		node(3, 'One Item per Letter', 'n8n-nodes-base.splitOut', 1, {
			fieldToSplitOut: 'letters',
			options: {},
		}),
		{
			...node(4, 'Mail', NODE_TYPE, 1, {
				application: credential.type === 'roboMqOutlookOAuth2Api' ? 'roboMq' : 'customer',
				operation: 'send',
				to: '={{ $json.to }}',
				subject: '={{ $json.subject }}',
				bodyType: 'text',
				body: '={{ $json.body }}',
				options: {},
			}),
			credentials: { [credential.type]: { id: credential.id, name: credential.name } },
		},
	]);
}

export function node(
	number: number,
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown>,
): WorkflowNode {
	const id = `c0000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
	return { id, name, type, typeVersion, parameters, position: [number * 220, 0] };
}
