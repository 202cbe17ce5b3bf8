import type { Credential } from '../n8n/credentials';
import type { WorkflowDefinition } from '../n8n/workflows';
import { mailRun, type Letter } from '../n8n/mailNodes';

/** The name of the node that sends. */
export const MAIL_NODE = 'Mail';

/** Letters that nobody else sends. */
export function lettersOf(run: string, count: number): Letter[] {
	return Array.from({ length: count }, (_, index) => ({
		to: `hire-${index + 1}@contoso.example`,
		subject: `${run}, letter ${index + 1}`,
		bodyType: 'text',
		body: 'Good morning.',
	}));
}

/** Sends each letter once, by its subject, and goes on when one does not go. */
export function keyedRun(
	name: string,
	credential: Credential,
	letters: readonly Letter[],
	options: Record<string, unknown> = { sendOnceKey: '={{ $json.subject }}' },
): WorkflowDefinition {
	const workflow = mailRun(name, credential, letters);
	return {
		...workflow,
		nodes: workflow.nodes.map((node) =>
			node.name === MAIL_NODE
				? {
						...node,
						parameters: { ...node.parameters, options },
						onError: 'continueRegularOutput' as const,
					}
				: node,
		),
	};
}
