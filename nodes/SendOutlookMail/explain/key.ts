import { redact } from '../facts/redact';
import { messageOf } from '../facts/causeChain';
import { CHECK_FIRST, UNKNOWN_OUTCOME, type WhereToLook } from './exchange';
import type { LinkedApp } from '../account/application';
import type { Failure } from '../facts/failure';
import type { Refusal } from '../mail/issues';

/** Why an email with a Send Once Key was not sent, and what can be done about it. */

export function explainStartedBefore(
	clientRequestId: string,
	where: WhereToLook = 'sentItems',
): Failure {
	return {
		code: UNKNOWN_OUTCOME,
		message:
			'Another run started this email, and its end is not known here: the outcome is unknown',
		remedy: `Either another execution is sending it at the moment, or n8n ended before that run knew. Wait for other executions. ${CHECK_FIRST[where]} If it was not sent, run the workflow once with the option On Unknown Outcome set to Retry: that sends the emails whose outcome is unknown, and no other. Nothing was sent this time.`,
		details: { clientRequestId },
	};
}

export function explainKeyNotKept(cause: unknown, app: LinkedApp): Failure {
	const storeSays = redact(messageOf(cause) ?? '', app.secrets);
	return {
		code: 'sendOnceUnavailable',
		message: 'n8n could not store the Send Once Key, so the email was not sent',
		remedy:
			'Save the workflow and run it again. If that does not help, ask your n8n administrator about the database, or remove the option Send Once Key.',
		...(storeSays === undefined ? {} : { details: { storeSays } }),
	};
}

/** The same for every email of the run: the host cannot remember keys. */
export const HOST_KEEPS_NO_KEYS: Failure = {
	code: 'sendOnceUnavailable',
	message: 'The table in which n8n remembers what was sent cannot be reached',
	remedy:
		'Save the workflow, and update n8n. If that does not help, ask your n8n administrator how n8n is started, or remove the option Send Once Key. Nothing was sent.',
};

const EMPTY_KEY: Refusal = {
	field: 'Send Once Key',
	parameter: 'sendOnceKey',
	cause: 'The key is empty',
	remedy:
		'Let the expression give a text or a number that is different for each email, such as {{ $json.employeeId }}-welcome, or remove the option.',
};

const UNREADABLE_KEY: Refusal = {
	field: 'Send Once Key',
	parameter: 'sendOnceKey',
	cause: 'The key is neither a text nor a number',
	remedy: 'Let the expression pick one value, such as {{ $json.employeeId }}.',
};

/** What is the matter with a key as the designer entered it. */
export function refuseKey(kind: 'none' | 'key' | 'empty' | 'unreadable'): Refusal[] {
	if (kind === 'empty') return [EMPTY_KEY];
	return kind === 'unreadable' ? [UNREADABLE_KEY] : [];
}
