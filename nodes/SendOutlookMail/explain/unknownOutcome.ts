import type { Failure, FailureDetails } from '../facts/failure';

/** The code of every outcome that nobody knows yet: the email may have been sent. */
export const UNKNOWN_OUTCOME = 'unknownOutcome';

/** Where an email can be found once it has been sent. */
export type WhereToLook = 'sentItems' | 'nowhere' | 'outbox';

/** What to do before an email of unknown outcome is sent again. */
const CHECK_FIRST: Readonly<Record<WhereToLook, string>> = {
	sentItems: 'Check Sent Items for the subject and the time before you send it again.',
	nowhere:
		'This email leaves no copy in Sent Items: ask the recipient, or an Exchange administrator for a message trace, before you send it again.',
	outbox:
		'A deferred email waits in Drafts or in the Outbox until its time: check there, and in Sent Items, before you send it again.',
};

const RETRY_OPTION =
	'With the option On Unknown Outcome set to Retry, the node sends it again by itself and accepts that it may arrive twice.';

/** The only attempt, or the last one, may have been taken. */
export function explainUnknown(
	message: string,
	where: WhereToLook,
	details: FailureDetails = {},
): Failure {
	return {
		code: UNKNOWN_OUTCOME,
		message: `${message}: the outcome is unknown`,
		remedy: `${CHECK_FIRST[where]} ${RETRY_OPTION}`,
		details,
	};
}

/** The last attempt settled nothing about an earlier one, which may have been taken. */
export function explainEarlierUnknown(last: Failure, where: WhereToLook): Failure {
	if (last.code === UNKNOWN_OUTCOME) return last;
	return {
		...last,
		code: UNKNOWN_OUTCOME,
		message: `An earlier attempt may have been taken, so the outcome is unknown; the last one ended with: ${last.message}`,
		remedy: `${CHECK_FIRST[where]} ${RETRY_OPTION} What ended the last attempt: ${last.remedy}`,
	};
}

/** Another run claimed the Send Once Key of this email, and did not store how it ended. */
export function explainStartedBefore(where: WhereToLook): Failure {
	return {
		code: UNKNOWN_OUTCOME,
		message:
			'Another run started this email, and its end is not known here: the outcome is unknown',
		remedy: `Either another execution is sending it at the moment, or n8n ended before that run knew. Wait for other executions. ${CHECK_FIRST[where]} If it was not sent, run the workflow once with the option On Unknown Outcome set to Retry: that sends the emails whose outcome is unknown, and no other. Nothing was sent this time.`,
	};
}
