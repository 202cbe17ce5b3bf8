import type { Failure } from '../facts/failure';

/** Why a question can't be asked, whatever is in its fields. */

export const HOST_CANNOT_WAIT: Failure = {
	code: 'hostTooOld',
	message: 'This version of n8n cannot make links that only the people asked can use',
	remedy: 'Update n8n to 1.107 or later. Sending emails without waiting works as before.',
};

export const HOST_KEEPS_NO_ANSWERS: Failure = {
	code: 'answersNotKept',
	message: 'The node cannot reach the table in which n8n keeps who answered first',
	remedy:
		'Save the workflow and run it again. If that does not help, update n8n, or ask your n8n administrator whether another package brought its own copy of n8n-core.',
};

export const TOOL_CANNOT_WAIT: Failure = {
	code: 'toolCannotWait',
	message: 'A tool of an AI agent cannot wait for a person',
	remedy:
		'Add Send Outlook Mail as a human review step between the agent and the tool that needs approval: in the agent, choose Human in the Loop. Or set Operation to Send.',
};

/** @param count of the input items */
export function explainItemCount(count: number): Failure {
	return {
		code: 'oneQuestionPerRun',
		message: `There are ${count} input items, and a run can wait for one question only`,
		remedy:
			'Put a Loop Over Items node with a batch size of 1 before this node, so that one question is asked after the other. Nothing was sent.',
	};
}

/** @param origin where the links in the email lead */
export function describeLocalLinks(origin: string): string {
	return `The links in the email lead to ${origin}, which only this computer can open. Ask your n8n administrator to set WEBHOOK_URL to the address at which people reach n8n.`;
}
