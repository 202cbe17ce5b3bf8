import hires from '../examples/new-hires.json';
import leaver from '../examples/leaver.json';
import type { AcceptedMail } from '../sandbox';

/** A mail as far as two runs of an example must agree on it. */
export interface MailSummary {
	mailbox: string;
	appId: string;
	to: string[];
	cc: string[];
	subject: string;
	bodyType: string;
}

interface Senders {
	/** Mailbox and application that the welcome mails leave from. */
	roboMq: Pick<MailSummary, 'mailbox' | 'appId'>;
	customer: Pick<MailSummary, 'mailbox' | 'appId'>;
}

/** What examples/onboarding.json sends, said independently of the workflow. */
export function onboardingMails({ roboMq, customer }: Senders): MailSummary[] {
	return hires.flatMap((hire) => [
		{
			...roboMq,
			to: [recipient(hire)],
			cc: [],
			subject: `${hire.greeting}, ${hire.firstName}: your first day at Contoso`,
			bodyType: 'html',
		},
		{
			...customer,
			to: [recipient(hire.manager)],
			cc: [],
			subject: `${hire.name} joins your team on ${hire.startsOn}`,
			bodyType: 'html',
		},
	]);
}

/** What examples/offboarding.json sends. */
export function offboardingMails({ roboMq, customer }: Senders): MailSummary[] {
	return [
		{
			...customer,
			to: [recipient(leaver.manager)],
			cc: [],
			subject: `${leaver.name} leaves your team on ${leaver.lastDay}`,
			bodyType: 'html',
		},
		{
			...customer,
			to: [recipient(leaver.it)],
			cc: [],
			subject: `Close accounts on ${leaver.lastDay}: ${leaver.name}`,
			bodyType: 'html',
		},
		{
			...roboMq,
			to: [recipient(leaver.payroll)],
			cc: [recipient(leaver.manager)],
			subject: `Last pay slip for employee ${leaver.employeeNumber}`,
			bodyType: 'text',
		},
	];
}

export function summaryOf({ mailbox, appId, message }: AcceptedMail): MailSummary {
	const list = (recipients: AcceptedMail['message']['toRecipients']) =>
		(recipients ?? []).map(({ emailAddress }) =>
			recipient({ name: emailAddress?.name ?? '', email: emailAddress?.address ?? '' }),
		);
	return {
		mailbox,
		appId,
		to: list(message.toRecipients),
		cc: list(message.ccRecipients),
		subject: message.subject ?? '',
		bodyType: message.body?.contentType?.toLowerCase() ?? '',
	};
}

/** In an order that does not depend on which mail was faster. */
export function sorted(mails: readonly MailSummary[]): MailSummary[] {
	const key = (mail: MailSummary) => JSON.stringify([mail.mailbox, mail.to, mail.subject]);
	return [...mails].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function recipient({ name, email }: { name: string; email: string }): string {
	return `${name} <${email}>`;
}
