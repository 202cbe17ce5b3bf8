import { startSandbox, type Sandbox } from '#sandbox/index';
import type { SmokeArguments } from './arguments';
import type { Person, Sighting } from './person';
import { FIRST_SUBJECT } from './runTrial';

/** The sandbox in the place of a tenant, and nobody at the keyboard. */
export interface Rehearsal {
	given: SmokeArguments;
	person: Person;
	close(): Promise<void>;
}

export async function prepareRehearsal(asked: SmokeArguments): Promise<Rehearsal> {
	// Slow enough that requests at the same time meet.
	const sandbox = await startSandbox({ latencyMs: 20 });
	const { apps, tenants, accounts, mailboxes } = sandbox.directory;
	apps.customerSecret.permissions.push('Mail.ReadWrite', 'Mail.Send.Shared');
	// The sandbox delivers nothing, so the email that is answered is already there.
	sandbox.receive({
		mailbox: accounts.adele.userPrincipalName,
		from: accounts.megan.userPrincipalName,
		subject: FIRST_SUBJECT,
		body: '<p>The first email</p>',
	});
	return {
		given: {
			...asked,
			to: accounts.adele.userPrincipalName,
			from: mailboxes.hr.address,
			tenant: {
				cloudInstance: 'custom',
				loginHost: sandbox.loginOrigin,
				graphHost: sandbox.graphOrigin,
				tenantId: tenants.contoso.id,
				clientId: apps.customerSecret.id,
				permissions: ['Mail.ReadWrite', 'Mail.Send.Shared'],
			},
		},
		person: new RehearsedPerson(sandbox),
		close: async () => await sandbox.close(),
	};
}

/** Signs in by itself and sees each mail that arrived as it should be: the way there is rehearsed. */
class RehearsedPerson implements Person {
	constructor(private readonly sandbox: Sandbox) {}

	async askSecret(): Promise<string> {
		return await Promise.resolve(
			this.sandbox.directory.apps.customerSecret.secrets[0]?.value ?? '',
		);
	}

	async signIn(authorizeUrl: string): Promise<void> {
		const account = this.sandbox.directory.accounts.adele.userPrincipalName;
		const { redirectUrl } = await this.sandbox.signIn({ authorizeUrl, account });
		const response = await fetch(redirectUrl);
		if (!response.ok) throw new Error(`n8n did not connect the account (${response.status})`);
	}

	async look(question: string, subject?: string): Promise<Sighting> {
		const arrived =
			subject === undefined ||
			this.sandbox.outbox.some(({ message }) => message.subject === subject);
		process.stdout.write(`  ${question} [rehearsed: ${arrived ? 'yes' : 'no'}]\n`);
		return await Promise.resolve(
			arrived
				? { answer: 'yes', remark: '' }
				: { answer: 'no', remark: 'it is not in the sandbox’s outbox' },
		);
	}

	leave(): void {
		// There is no terminal to give back.
	}
}
