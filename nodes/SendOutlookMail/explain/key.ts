import { redact } from '../facts/redact';
import { messageOf } from '../facts/causeChain';
import { CHECK_FIRST, UNKNOWN_OUTCOME, type WhereToLook } from './exchange';
import type { LinkedApp } from '../account/linkedApp';
import type { Failure } from '../facts/failure';
import type { Refusal } from '../mail/issues';

/** Why a mail with a Send Once Key did not go, and what can be done about it. */

export function explainStartedBefore(
	clientRequestId: string,
	where: WhereToLook = 'sentItems',
): Failure {
	return {
		code: UNKNOWN_OUTCOME,
		message: 'An earlier run started this email and did not see its end: the outcome is unknown',
		remedy: `${CHECK_FIRST[where]} If it was not sent, run the workflow once with the option On Unknown Outcome set to Retry: that sends the emails whose outcome is unknown, and no other. Nothing was sent this time.`,
		details: { clientRequestId },
	};
}

export function explainKeyNotKept(cause: unknown, app: LinkedApp): Failure {
	const storeSays = redact(messageOf(cause) ?? '', app.secrets);
	return {
		code: 'sendOnceUnavailable',
		message: 'n8n could not keep the Send Once Key, so the mail was not sent',
		remedy:
			'Save the workflow and run it again. If that does not help, ask your n8n administrator about the database, or remove the option Send Once Key.',
		...(storeSays === undefined ? {} : { details: { storeSays } }),
	};
}

/** The same for every mail of the run: the host cannot remember keys. */
export const HOST_KEEPS_NO_KEYS: Failure = {
	code: 'sendOnceUnavailable',
	message: 'This version of n8n cannot remember which mails were sent',
	remedy: 'Update n8n, or remove the option Send Once Key.',
};

const EMPTY_KEY: Refusal = {
	field: 'Send Once Key',
	parameter: 'sendOnceKey',
	cause: 'The key is empty',
	remedy:
		'Let the expression give a text or a number that is different for each mail, such as {{ $json.employeeId }}-welcome, or remove the option.',
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
