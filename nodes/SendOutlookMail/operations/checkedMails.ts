import type { IExecuteFunctions } from 'n8n-workflow';
import { toJob } from '../attachments/toJob';
import type { Job, Jobs } from '../delivery/job';
import { jobRules } from '../delivery/once/repetition';
import type { LinkedAccount } from '../account/linkedAccount';
import type { Mailbox } from '../graph/mailbox';
import type { Failure } from '../facts/failure';
import { MailWarnings } from '../output/mailWarnings';
import type { Draft } from '../output/outcomeOf';
import type { AcceptedMail } from '../output/outputItem';
import { draftMail, type MailToSend } from './draftMail';

/** All mails of a run, before anything leaves. */
export interface CheckedMails {
	/** Of each input item what its output repeats, or why its mail cannot go; never its content. */
	drafts: Array<Draft<AcceptedMail>>;
	/** The mails that can go, in order. Whoever delivers them takes them out. */
	waiting: MailToSend[];
	warnings: MailWarnings;
}

/**
 * Reads and checks every mail. They are kept until their turn, since a mail that cannot go keeps the
 * others from leaving and parameters are read once; what is read twice may say something else.
 */
export async function checkMails(
	context: IExecuteFunctions,
	now: Date,
	account: LinkedAccount | { failure: Failure },
): Promise<CheckedMails> {
	const drafts: CheckedMails['drafts'] = [];
	const waiting: MailToSend[] = [];
	const warnings = new MailWarnings();
	for (const index of context.getInputData().keys()) {
		const { mail, failure, ...draft } = await draftMail(context, index, now, account);
		if (mail) waiting.push(mail);
		warnings.add(index, draft.warnings ?? []);
		drafts.push(mail ? { mail: forOutput(mail) } : { failure });
	}
	return { drafts, waiting, warnings };
}

function forOutput({ message: { subject }, recipients }: MailToSend): AcceptedMail {
	return { message: { subject }, recipients };
}

/** Makes a job of each mail when its turn has come; then nobody else holds the mail any more. */
export function jobsOf(waiting: MailToSend[], mailbox: Mailbox): Jobs {
	const mails: Array<MailToSend | undefined> = waiting.splice(0);
	return {
		length: mails.length,
		at(index): Job | undefined {
			const mail = mails[index];
			mails[index] = undefined;
			if (!mail) return undefined;
			return { ...toJob(mail, mailbox), ...jobRules(mail.repetition) };
		},
	};
}
