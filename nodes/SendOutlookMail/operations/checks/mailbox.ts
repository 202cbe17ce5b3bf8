import { failed, ok, warning, type Finding } from './finding';
import { explainExchange } from '../../explain/exchange';
import type { LinkedApp } from '../../account/application';
import type { Mailbox } from '../../graph/mailbox';

/**
 * Asks Graph to send a mail that cannot be sent, because it has no recipient. That Graph complains
 * of just that lets infer that token, permission and mailbox are in order; Microsoft does not
 * promise it.
 */
export async function checkMailbox(mailbox: Mailbox, app: LinkedApp): Promise<Finding> {
	const clientRequestId = globalThis.crypto.randomUUID();
	const exchange = await mailbox.sendMail(
		{ message: { subject: 'Check Connection', toRecipients: [] }, saveToSentItems: false },
		clientRequestId,
	);
	if (exchange.graphError?.code === 'ErrorInvalidRecipients') {
		return ok(
			'The mailbox answers (inferred: of a mail without recipients, Microsoft Graph refused only that; nothing was sent).',
		);
	}
	const { verdict } = exchange;
	if (verdict === 'accepted') {
		return ok(
			'The mailbox answers: Microsoft Graph took a mail without recipients, which goes nowhere.',
		);
	}
	const failure = explainExchange(exchange, clientRequestId, app);
	if (verdict === 'refused' || verdict === 'unauthorized') return failed(failure);
	return warning(
		`Nothing can be said of the mailbox at the moment: ${failure.message}.`,
		'Run the check again later. No mail was sent.',
	);
}
