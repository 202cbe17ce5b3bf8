import { startSandbox, type Sandbox } from '#sandbox/index';
import * as outlookAccounts from '#tools/n8n/outlookAccounts';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

it('names each credential after the person whose mailbox it links', () => {
	const { roboMqAccount, customerAccount, privilegedAccount, certificateAccount } = outlookAccounts;
	const names = [roboMqAccount, customerAccount, privilegedAccount, certificateAccount].map(
		(accountOf) => {
			const { name, mailbox } = accountOf(sandbox);
			const person = sandbox.directory.account(mailbox)?.displayName ?? '';
			expect(name).toContain(`Outlook: ${person} (`);
			return name;
		},
	);
	expect(names).toContain('Outlook: Adele Vance (RoboMQ)');
	expect(names).toContain('Outlook: Megan Bowen (Customer-owned)');
	expect(new Set(names).size).toBe(names.length);
});
