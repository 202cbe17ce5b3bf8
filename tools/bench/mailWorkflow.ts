import type { Credential } from '../n8n/credentials';
import { chain, type WorkflowDefinition, type WorkflowNode } from '../n8n/workflows';
import type { Contender } from './contenders';

/** The node that is measured. */
export const MAIL_NODE = 'Mail';

const LETTERS = 'One Item per Letter';

/**
 * The same mails for each node: an item for each, then the node.
 *
 * @param filePath of a file that goes with every mail
 */
export function mailWorkflow(
	contender: Contender,
	credential: Credential,
	{ mails, filePath }: { mails: number; filePath?: string },
): WorkflowDefinition {
	const letters = Array.from({ length: mails }, (_, number) => ({
		to: `hire-${number + 1}@contoso.example`,
		subject: `Welcome ${number + 1}`,
		body: 'Good morning, and welcome to the team.',
	}));
	const nodes = [
		node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
		node('Letters', 'n8n-nodes-base.set', 3.4, {
			mode: 'raw',
			jsonOutput: JSON.stringify({ letters }),
			options: {},
		}),
		node(LETTERS, 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'letters', options: {} }),
		...(filePath
			? [
					node('File', 'n8n-nodes-base.readWriteFile', 1, {
						operation: 'read',
						fileSelector: filePath,
						options: { dataPropertyName: 'file' },
					}),
				]
			: []),
		{
			...node(
				MAIL_NODE,
				contender.nodeType,
				contender.typeVersion,
				contender.parameters({
					to: `={{ $('${LETTERS}').item.json.to }}`,
					subject: `={{ $('${LETTERS}').item.json.subject }}`,
					body: `={{ $('${LETTERS}').item.json.body }}`,
					...(filePath ? { file: 'file' } : {}),
				}),
			),
			credentials: { [credential.type]: { id: credential.id, name: credential.name } },
		},
	];
	return chain(`${contender.name}, ${mails} mails`, nodes);
}

function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown>,
): WorkflowNode {
	return { id: name, name, type, typeVersion, parameters, position: [0, 0] };
}
