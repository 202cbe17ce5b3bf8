import type { IExecuteFunctions } from 'n8n-workflow';
import type { LoadedMail } from '../attachments/toJob';
import { keepsKeys } from '../delivery/once/openRegister';
import type { Repetition } from '../delivery/once/repetition';
import type { LinkedAccount } from '../account/linkedAccount';
import { unlinkedSenderRights } from '../account/senderRights';
import { readApplication, readRepetition } from './parameters';
import type { Mail } from '../mail/mail';
import type { Warning } from '../mail/issues';
import { HOST_KEEPS_NO_KEYS, refuseKey } from '../explain/key';
import type { Failure } from '../facts/failure';
import type { Draft } from '../output/outcomeOf';
import { explainExpression, explainRefusals } from '../explain/refusals';
import { loadedMail, prepareMail } from './prepareMail';

export type MailToSend = Mail & LoadedMail & { repetition: Repetition };

/** One item's mail, what is suspicious about it and when it may go again; or why it cannot go. */
export async function draftMail(
	context: IExecuteFunctions,
	index: number,
	now: Date,
	account: LinkedAccount | { failure: Failure },
): Promise<Draft<MailToSend> & { warnings?: readonly Warning[] }> {
	const sender =
		'failure' in account ? { rights: unlinkedSenderRights(readApplication(context)) } : account;
	try {
		const prepared = await prepareMail(context, index, now, sender);
		const repetition = readRepetition(prepared.options);
		const { kind } = repetition.sendOnce;
		const [refusal, ...others] = [...prepared.refusals, ...refuseKey(kind)];
		if (refusal) return { failure: explainRefusals([refusal, ...others]) };
		if (kind === 'key' && !keepsKeys(context)) return { failure: HOST_KEEPS_NO_KEYS };
		return { mail: { ...loadedMail(prepared)!, repetition }, warnings: prepared.warnings };
	} catch (error) {
		return { failure: explainExpression(error) };
	}
}
