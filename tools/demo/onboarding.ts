import { importExample } from '../n8n/examples';
import { execute, type Execution } from '../n8n/executions';
import type { SavedWorkflow } from '../n8n/workflows';
import {
	customerAccount,
	linkAccount,
	roboMqAccount,
	type LinkedOutlookAccount,
} from '../n8n/outlookAccounts';
import { step } from '../kit/progress';
import { reportLink, reportMails } from './report';
import type { Stage } from '../n8n/stage';

export interface Onboarding {
	accounts: { roboMq: LinkedOutlookAccount; customer: LinkedOutlookAccount };
	workflow: SavedWorkflow;
	/** Asks a manager by email; nobody has run it yet. */
	approval: SavedWorkflow;
	execution: Execution;
}

/** A designer's first quarter of an hour: link both accounts, import the examples, welcome three. */
export async function runOnboarding(stage: Stage): Promise<Onboarding> {
	const { sandbox, session } = stage;
	const roboMq = await step(
		'Linking an account through the RoboMQ application',
		async () => await linkAccount(stage, roboMqAccount(sandbox)),
	);
	reportLink(roboMq);
	const customer = await step(
		"Linking an account through the customer's application",
		async () => await linkAccount(stage, customerAccount(sandbox)),
	);
	reportLink(customer);

	const credentials = [customer.credential];
	const { workflow, approval } = await step('Importing the example workflows', async () => {
		for (const name of ['hello', 'mover', 'offboarding', 'welcome-with-logo'] as const)
			await importExample(session, name, credentials);
		return {
			approval: await importExample(session, 'access-request', credentials),
			workflow: await importExample(session, 'onboarding', credentials),
		};
	});
	const execution = await step(
		"Running onboarding in n8n's engine",
		async () => await execute(session, workflow),
	);
	reportMails(sandbox.outbox, [roboMq, customer]);
	return { accounts: { roboMq, customer }, workflow, approval, execution };
}
