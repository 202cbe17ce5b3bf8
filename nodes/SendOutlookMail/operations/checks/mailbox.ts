import type { IExecuteFunctions } from 'n8n-workflow';
import type { LinkedAccount } from '../../account/linkedAccount';
import { explainExchange } from '../../explain/exchange';
import type { Clock } from '../../facts/clock';
import { openMailbox, openTransport } from '../../graph/mailbox';
import { failed, ok, warning, type Finding } from './finding';

/**
 * Asks Graph to send an email that can't be sent, because it has no recipient. If Graph refuses just
 * that, token, permission and mailbox are in order; this is an inference, Microsoft does not promise
 * it.
 */
export async function checkMailbox(
	context: IExecuteFunctions,
	account: LinkedAccount,
	clock: Clock,
): Promise<Finding> {
	const clientRequestId = globalThis.crypto.randomUUID();
	const transport = openTransport(context, { ...account, clock, simultaneous: 1 });
	const mailbox = await openMailbox(account.graphOrigin, transport, clock);
	const exchange = await mailbox
		.sendMail(
			{ message: { subject: 'Check Connection', toRecipients: [] }, saveToSentItems: false },
			clientRequestId,
		)
		.finally(() => mailbox.close());
	if (exchange.graphError?.code === 'ErrorInvalidRecipients') {
		return ok(
			'The mailbox answers (inferred: Microsoft Graph refused an email only because it had no recipients; nothing was sent).',
		);
	}
	const { verdict } = exchange;
	if (verdict === 'accepted') {
		return ok(
			'The mailbox answers: Microsoft Graph accepted an email without recipients, which nobody receives.',
		);
	}
	const failure = explainExchange(exchange, clientRequestId, account.app);
	if (verdict === 'refused' || verdict === 'unauthorized') return failed(failure);
	return warning(
		`The mailbox could not be checked: ${failure.message}.`,
		'Run the check again later. No email was sent.',
	);
}
