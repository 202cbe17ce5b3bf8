import type { LinkedApp } from '../account/application';
import { messageOf, type Failure } from '../facts/failure';
import { definedEntries } from '../facts/json';
import { redact } from '../facts/redact';
import type { Refusal } from '../mail/issues';

/** A mail that cannot be composed from what the designer entered; every bad entry is named. */
export function explainRefusals(refusals: readonly Refusal[]): Failure {
	const [first = '', ...others] = refusals.map(describe);
	return {
		code: 'invalidInput',
		message: others.length === 0 ? first : `${first} (and ${others.length} more)`,
		remedy: refusals.map((refusal) => `${describe(refusal)}: ${refusal.remedy}`).join('\n'),
	};
}

function describe({ field, position, value, cause }: Refusal): string {
	const place = position === undefined ? field : `${field}, entry ${position}`;
	return value === undefined ? `${place}: ${cause}` : `${place}: ${cause} (${value})`;
}

/** A value that n8n could not compute; n8n's own words say which expression and why. */
export function explainExpression(error: unknown): Failure {
	return {
		code: 'invalidExpression',
		message: messageOf(error) ?? 'A parameter could not be read',
		remedy: 'Open the node and fix the expression that is marked red.',
	};
}

/** Of an email that was not reached. */
export const NOT_TRIED: Failure = {
	code: 'notTried',
	message: 'The email was not sent because the run ended first',
	remedy: 'Run the workflow again for this item.',
};

/** Of a question that reached nobody. */
export const NOT_ASKED: Failure = {
	code: 'notTried',
	message: 'Nobody was asked because the execution was stopped',
	remedy: 'Run the workflow again.',
};

export function explainKeyNotKept(cause: unknown, app: LinkedApp): Failure {
	return {
		code: 'sendOnceUnavailable',
		message: 'n8n could not store the Send Once Key, so the email was not sent',
		remedy:
			'Save the workflow and run it again. If that does not help, ask your n8n administrator about the database, or remove the option Send Once Key.',
		details: definedEntries({ storeSays: redact(messageOf(cause) ?? '', app.secrets) }),
	};
}

/** The same for every email of the run: the host cannot remember keys. */
export const HOST_KEEPS_NO_KEYS: Failure = {
	code: 'sendOnceUnavailable',
	message: 'The table in which n8n remembers what was sent cannot be reached',
	remedy:
		'Save the workflow, and update n8n. If that does not help, ask your n8n administrator how n8n is started, or remove the option Send Once Key. Nothing was sent.',
};

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

/** @returns undefined where the links in the email lead to a host that others can reach */
export function describeLocalLinks({ origin, hostname }: URL): string | undefined {
	if (!/^(?:localhost|127\..*|\[::1\]|0\.0\.0\.0)$/.test(hostname)) return undefined;
	return `Links of questions by email lead to ${origin}, which only this computer can open. Ask your n8n administrator to set WEBHOOK_URL to the address at which people reach n8n.`;
}
