import assert from 'node:assert/strict';
import { offboardingMails, onboardingMails } from '../expectedMails';
import { importExample } from '../../n8n/examples';
import { execute, type Execution } from '../../n8n/executions';
import type { Onboarding } from '../onboarding';
import type { Stage } from '../../n8n/stage';
import { checkApproval } from './approval';
import { checkCertificate } from './certificate';
import { Checklist } from '../../kit/checklist';
import { checkDesignerView } from './designerView';
import { checkEveryOption } from './everyOption';
import { requireExactMails } from './exactMails';
import { checkExplanations } from './explanations';
import { checkRevokedAccess, checkUnknownOutcome } from './failedRuns';
import { checkLogoAndPdf } from './logoAndPdf';
import { checkLoopbackOnly } from './loopbackOnly';
import { checkNothingLeaked } from './nothingLeaked';
import { checkInvalidHost, checkInvalidTenant, checkUnprovisioned } from './refusals';
import { checkRetryOnFail } from './retryOnFail';
import { checkSecretChange } from './secretChange';
import { checkTokenExpiry } from './tokenExpiry';

/** Everything that the demo claims, checked in the n8n that runs; n8n is stopped on the way. */
export async function runChecks(stage: Stage, onboarding: Onboarding): Promise<Checklist> {
	const { sandbox, session, n8n } = stage;
	const { accounts, approval, execution: welcome } = onboarding;
	const { roboMq, customer } = accounts;
	const sender = { mailbox: customer.mailbox, appId: customer.clientId };
	const executions: Execution[] = [welcome];
	const keep = (execution: Execution) => void executions.push(execution);
	const list = new Checklist();

	await list.check('onboarding succeeds in n8n and its mails are exactly those expected', () => {
		assert.equal(welcome.status, 'success', welcome.error?.message);
		return requireExactMails(sandbox.outbox, onboardingMails(sender));
	});
	await list.check(
		'offboarding succeeds in n8n and its mails are exactly those expected',
		async () => {
			const before = sandbox.outbox.length;
			const credentials = [customer.credential];
			const execution = await execute(
				session,
				await importExample(session, 'offboarding', credentials),
			);
			keep(execution);
			assert.equal(execution.status, 'success', execution.error?.message);
			return requireExactMails(sandbox.outbox.slice(before), offboardingMails(sender));
		},
	);
	await list.check(
		'the approval asks a manager, whose answer on the page decides',
		async () => await checkApproval(stage, approval, keep),
	);
	await list.check(
		'a mail with a logo and a PDF is previewed and then sent',
		async () => await checkLogoAndPdf(stage, customer, keep),
	);
	await list.check(
		'each option of the node, alone, does in n8n what it is for',
		async () => await checkEveryOption(stage, keep),
	);
	await list.check(
		'n8n and the sandbox answer on loopback only, and the sandbox to no foreign host',
		async () => await checkLoopbackOnly(stage),
	);
	await list.check(
		'a token that expires during a run costs one refresh and loses and doubles no mail',
		async () => await checkTokenExpiry(stage, customer, keep),
	);
	await list.check(
		'an app with a certificate connects and sends, also after a refresh',
		async () => await checkCertificate(stage, keep),
	);
	await list.check(
		'the designer sees neither client ID, secret, host nor token of the RoboMQ application',
		async () => await checkDesignerView(stage, roboMq),
	);
	await list.check(
		'a tenant ID that cannot be one is refused before anything travels',
		async () => await checkInvalidTenant(stage, keep),
	);
	await list.check(
		'a login host that is no https origin is refused before anything travels',
		async () => await checkInvalidHost(stage, keep),
	);
	await list.check(
		'a RoboMQ application that nobody provisioned says whom to ask',
		async () => await checkUnprovisioned(stage, roboMq, keep),
	);
	await list.check(
		'the operator changes the secret while n8n runs, and nobody connects again',
		async () => await checkSecretChange(stage, roboMq, keep),
	);
	await list.check(
		'a mail whose outcome is unknown fails and is not sent again',
		async () => await checkUnknownOutcome(stage, customer, keep),
	);
	await list.check(
		'Retry On Fail sends no email twice; a loop and a sub-workflow send each of theirs',
		async () => await checkRetryOnFail(stage, customer, keep),
	);
	await list.check(
		'every documented refusal of Entra ID and of Graph shows its cause and its remedy',
		async () => await checkExplanations(stage, customer, keep),
	);
	await list.check(
		'an account whose access was revoked asks to be connected again',
		async () => await checkRevokedAccess(stage, customer, keep),
	);
	await n8n.stop();
	await list.check(
		"no secret, token or email body is in n8n's logs, database or executions",
		async () => await checkNothingLeaked(stage, executions),
	);
	return list;
}
