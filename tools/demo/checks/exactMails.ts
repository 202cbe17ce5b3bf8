import assert from 'node:assert/strict';
import type { AcceptedMail } from '#sandbox/index';
import { sorted, summaryOf, type MailSummary } from '../expectedMails';

/** Exactly these mails, none missing, none twice, none besides. */
export function requireExactMails(
	mails: readonly AcceptedMail[],
	expected: readonly MailSummary[],
): string {
	assert.deepEqual(sorted(mails.map(summaryOf)), sorted(expected));
	return `${mails.length} mails`;
}
