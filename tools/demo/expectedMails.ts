import hires from '../../examples/data/new-hires.json';
import leaver from '../../examples/data/leaver.json';
import mover from '../../examples/data/mover.json';
import type { AcceptedMail } from '#sandbox/index';
import { deferredUntil } from '#sandbox/outbox/properties';

/** A mail as far as two runs of an example must agree on it. */
export interface MailSummary {
	mailbox: string;
	appId: string;
	to: string[];
	cc: string[];
	subject: string;
	bodyType: string;
	/** Names of the files. */
	files: string[];
	/** Until when Exchange keeps it back, ISO 8601; empty if it goes at once. */
	deferredUntil: string;
}

/** What most mails have in common. */
const AT_ONCE = { cc: [], files: [], deferredUntil: '' };

/** Mailbox and application that the emails leave from. */
type Sender = Pick<MailSummary, 'mailbox' | 'appId'>;

/** What examples/onboarding.json sends, said independently of the workflow. */
export function onboardingMails(sender: Sender): MailSummary[] {
	return hires.flatMap((hire) => [
		{
			...sender,
			...AT_ONCE,
			to: [recipient(hire)],
			subject: `${hire.greeting}, ${hire.firstName}: your first day at Contoso`,
			bodyType: 'html',
		},
		{
			...sender,
			...AT_ONCE,
			to: [recipient(hire.manager)],
			subject: `${hire.name} joins your team on ${hire.startsOn}`,
			bodyType: 'html',
		},
		{
			...sender,
			...AT_ONCE,
			to: ['Contoso IT Service Desk <servicedesk@contoso.example>'],
			subject: `Equipment for ${hire.name} by ${hire.startsOn}`,
			bodyType: 'text',
			files: [`equipment-${hire.firstName.toLowerCase()}.txt`],
		},
	]);
}

/** What examples/offboarding.json sends. */
export function offboardingMails(sender: Sender): MailSummary[] {
	return [
		{
			...sender,
			...AT_ONCE,
			to: [recipient(leaver.manager)],
			subject: `${leaver.name} leaves your team on ${leaver.lastDay}`,
			bodyType: 'html',
		},
		{
			...sender,
			...AT_ONCE,
			to: [recipient(leaver.it)],
			subject: `Close accounts on ${leaver.lastDay}: ${leaver.name}`,
			bodyType: 'html',
		},
		{
			...sender,
			...AT_ONCE,
			to: [recipient(leaver.payroll)],
			cc: [recipient(leaver.manager)],
			deferredUntil: payrollTime(new Date()),
			subject: `Last pay slip for employee ${leaver.employeeNumber}`,
			bodyType: 'text',
		},
	];
}

/** What examples/mover.json sends. */
export function moverMails(sender: Sender): MailSummary[] {
	return [
		{
			...sender,
			...AT_ONCE,
			to: [recipient(mover)],
			subject: `Your move to ${mover.to.team}`,
			bodyType: 'html',
		},
		{
			...sender,
			...AT_ONCE,
			to: [recipient(mover.from.manager), recipient(mover.to.manager)],
			subject: `${mover.name} moves from ${mover.from.team} to ${mover.to.team}`,
			bodyType: 'html',
		},
		{
			...sender,
			...AT_ONCE,
			to: ['Contoso IT Service Desk <servicedesk@contoso.example>'],
			subject: `Change access on ${mover.movesOn}: ${mover.name}`,
			bodyType: 'text',
		},
	];
}

/** At 8:00 in Berlin on the last day; within the hour once that has passed. */
function payrollTime(now: Date): string {
	const onLastDay = new Date(`${leaver.lastDay}T08:00+02:00`);
	const withinTheHour = new Date(now.getTime() + 3_600_000);
	withinTheHour.setUTCMinutes(0, 0, 0);
	const at = onLastDay > withinTheHour ? onLastDay : withinTheHour;
	return at.toISOString().replace('.000Z', 'Z');
}

export function summaryOf({ mailbox, appId, message, attachments }: AcceptedMail): MailSummary {
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
		files: attachments.map(({ name }) => name),
		deferredUntil: deferredUntil(message),
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
