import type { AcceptedMail } from '#sandbox/index';
import type { LinkedOutlookAccount } from '../n8n/outlookAccounts';
import { summaryOf } from './expectedMails';
import { overwriteEndpointOf } from '../n8n/provisioning';
import type { Stage } from '../n8n/stage';
import type { SavedWorkflow } from '../n8n/workflows';

export function reportLink({ name, mailbox, authorizeUrl }: LinkedOutlookAccount): void {
	const scopes = authorizeUrl.searchParams.get('scope');
	const method = authorizeUrl.searchParams.get('code_challenge_method');
	const tenant = authorizeUrl.pathname.split('/')[1];
	print(`    "${name}": ${mailbox}, asked for "${scopes}" in tenant ${tenant}, PKCE ${method}`);
}

/** What left, from which mailbox, to whom. */
export function reportMails(
	mails: readonly AcceptedMail[],
	accounts: readonly LinkedOutlookAccount[],
): void {
	const applications = new Map(
		accounts.map(({ clientId, application }) => [clientId, application]),
	);
	const rows = mails.map((mail) => {
		const { mailbox, appId, to, cc, subject } = summaryOf(mail);
		return [mailbox, applications.get(appId) ?? appId, [...to, ...cc].join(', '), subject];
	});
	print('');
	printTable(['From mailbox', 'Through', 'To', 'Subject'], rows);
	print('');
}

export function reportAddresses(
	{ n8n, sandbox, session: { owner } }: Stage,
	{ workflow, approval }: Readonly<Record<'workflow' | 'approval', SavedWorkflow>>,
): void {
	const overwrites = overwriteEndpointOf(n8n);
	print('  Ready.');
	print('');
	print(`  n8n's editor   ${n8n.origin}`);
	print(`                 sign in as ${owner.email}, password ${owner.password}`);
	print(`  The workflow   ${n8n.origin}/workflow/${workflow.id}`);
	print(`  An approval    ${n8n.origin}/workflow/${approval.id}`);
	print('                 execute it, then press Approve in the outbox');
	print(`  The outbox     ${sandbox.loginOrigin}/outbox`);
	print(`  Faults         ${sandbox.loginOrigin}/faults`);
	print(`  Overwrites     ${overwrites.url}`);
	print(`                 token ${overwrites.token}`);
	print(`  n8n's log      ${n8n.logPath}`);
	print('');
	print('  Ctrl+C stops everything.');
}

function printTable(head: readonly string[], rows: ReadonlyArray<readonly string[]>): void {
	const widths = head.map((title, column) =>
		Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
	);
	const line = (cells: readonly string[]) =>
		`  ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd();
	print(line(head));
	print(line(widths.map((width) => '─'.repeat(width))));
	for (const row of rows) print(line(row));
}

function print(text: string): void {
	process.stdout.write(`${text}\n`);
}
