import type { GraphAnswer } from '../graph/answer';
import type { Exchange } from '../graph/exchange';
import { describeAnswer, explainAnswer } from './answer';
import { explainBlocked } from './blocked';
import { explainSignIn } from './signIn';
import { explainUnreachable } from './unreachable';
import type { Failure, FailureDetails } from '../facts/failure';
import type { LinkedApp } from '../account/linkedApp';
import { definedEntries } from '../facts/redact';
import type { UnreadableFile } from '../graph/unreadableFile';

/** The code of an outcome that nobody knows yet: the mail may have gone. */
export const UNKNOWN_OUTCOME = 'unknownOutcome';

const LOOK_FIRST =
	'Look in Sent Items for the subject and the time before you send it again. With the option On Unknown Outcome set to Retry, the node sends it again by itself and accepts that it may arrive twice.';

/** Says why a mail did not go. Only for exchanges whose verdict is not `accepted`. */
export function explainExchange(
	exchange: Exchange,
	clientRequestId: string,
	app: LinkedApp,
): Failure {
	const failure = explainKind(exchange, app);
	const details = { ...definedEntries({ credential: app.credentialName }), ...failure.details };
	return { ...failure, details: { ...details, clientRequestId } };
}

/** The last attempt settled nothing about an earlier one, which may have been taken. */
export function explainEarlierUnknown(last: Failure): Failure {
	if (last.code === UNKNOWN_OUTCOME) return last;
	return {
		...last,
		code: UNKNOWN_OUTCOME,
		message: `An earlier attempt may have been taken, so the outcome is unknown; the last one ended with: ${last.message}`,
		remedy: `${LOOK_FIRST} What ended the last attempt: ${last.remedy}`,
	};
}

function explainKind(exchange: Exchange, app: LinkedApp): Failure {
	switch (exchange.kind) {
		case 'answered':
			return exchange.verdict === 'unknown'
				? unknownOutcome(
						`${whoAnswered(exchange.answer)} answered with status ${exchange.answer.status}`,
						describeAnswer(exchange, app),
					)
				: explainAnswer(exchange, app);
		case 'signInRequired':
			return explainSignIn(exchange, app);
		case 'stopped':
			return exchange.verdict === 'stopped'
				? {
						code: 'stopped',
						message: 'The execution was stopped before this mail was sent',
						remedy: 'Run the workflow again to send it.',
					}
				: unknownOutcome('The execution was stopped while this mail was being sent');
		case 'unreadable':
			return explainUnreadable(exchange.cause);
		case 'blocked':
			return explainBlocked(exchange.host, exchange.rule, exchange.cause);
		case 'broken':
			return exchange.verdict === 'notTaken'
				? explainUnreachable(exchange, app)
				: unknownOutcome('The connection ended before Microsoft Graph answered');
	}
}

/** A page with a status of 500 and more may be one of Microsoft's own gateways. */
function whoAnswered(answer: GraphAnswer): string {
	return answer.isPage && answer.status < 500
		? 'Something between n8n and Microsoft Graph'
		: 'Microsoft Graph';
}

function explainUnreadable({ file, message }: UnreadableFile): Failure {
	return {
		code: 'attachmentUnreadable',
		message: `The attachment ${file} could not be read: ${message}`,
		remedy: 'Run the node that makes the file again. The mail was not sent.',
	};
}

function unknownOutcome(message: string, details: FailureDetails = {}): Failure {
	return {
		code: UNKNOWN_OUTCOME,
		message: `${message}: the outcome is unknown`,
		remedy: LOOK_FIRST,
		details,
	};
}
