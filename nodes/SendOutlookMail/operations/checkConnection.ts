import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { CREDENTIAL_TYPES, type CredentialData } from '../account/application';
import { servesManyTenants } from '../account/connection';
import { createAppClient, createHostHttp, askForTenant } from '../account/entra';
import {
	describeAccount,
	isConnected,
	nameLinkedApp,
	type LinkedAccount,
} from '../account/linkedAccount';
import { explainAccount } from '../explain/account';
import { SYSTEM_CLOCK, type Clock } from '../facts/clock';
import { openMailbox, openTransport } from '../graph/mailbox';
import { withoutEmpty, type CheckFields } from '../output/fields';
import { judgeExpiry, judgePermission, judgeUnconnected } from './checks/credential';
import { judgeApplication, judgeClock, judgeTenant, renewToken } from './checks/entra';
import {
	failed,
	ok,
	skipped,
	type CheckName,
	type CheckResult,
	type Finding,
} from './checks/finding';
import { findLinks } from './checks/links';
import { checkMailbox } from './checks/mailbox';
import { checkNetwork } from './checks/network';
import { readApplication } from './parameters';

/**
 * Checks a connection, one output item for each check. Sends no email and changes nothing but the
 * token, which n8n renews and stores.
 */
export async function checkConnection(
	context: IExecuteFunctions,
	{ clock = SYSTEM_CLOCK }: { clock?: Clock } = {},
): Promise<INodeExecutionData[]> {
	const results = await runChecks(context, clock);
	return results.map((result: CheckFields) => ({
		// n8n's table shows a field that only some items have as "undefined", in red.
		json: { ...withoutEmpty(result), remedy: result.remedy || NOTHING_TO_DO },
		pairedItem: { item: 0 },
	}));
}

const NOTHING_TO_DO = 'Nothing to do';

const AFTER_CREDENTIAL: readonly CheckName[] = [
	'network',
	'cloudAndTenant',
	'clock',
	'application',
	'expiry',
	'tokenRefresh',
	'permission',
	'mailbox',
];

async function runChecks(context: IExecuteFunctions, clock: Clock): Promise<CheckResult[]> {
	const now = new Date(clock.now());
	const application = readApplication(context);
	const credentialType = CREDENTIAL_TYPES[application];
	const app = nameLinkedApp(context, credentialType, application);
	let credential: CredentialData;
	let account: LinkedAccount;
	try {
		credential = await context.getCredentials(credentialType);
		account = describeAccount(context, credential, { credentialType, app, now });
	} catch (error) {
		return [
			named('credential', failed(explainAccount(error, app))),
			...AFTER_CREDENTIAL.map((check) => named(check, skipped('The credential comes first.'))),
			named('links', findLinks(context)),
		];
	}
	const http = createHostHttp(context, account.loginOrigin);
	const tenant = await askForTenant(account, http);
	const renewal = await renewToken(context, account, credential.oauthTokenData);
	app.secrets.addTokens(renewal.tokenData);
	return [
		named('credential', ok('Every field of the credential can be used.')),
		named('network', await checkNetwork(context, account)),
		named('cloudAndTenant', judgeTenant(tenant, account, app)),
		named('clock', judgeClock(tenant, now)),
		named('application', await findApplication()),
		named('expiry', judgeExpiry(credential, application, now)),
		named('tokenRefresh', renewal.finding),
		named('permission', findPermission()),
		named('mailbox', await findMailbox()),
		named('links', findLinks(context)),
	];

	async function findApplication(): Promise<Finding> {
		if (tenant.kind !== 'found') return skipped('Cloud and tenant come first.');
		const client = await createAppClient(account, credential, tenant.metadata, http);
		// Asking again as the person would make a token that n8n does not store.
		if (renewal.renewed && servesManyTenants(account)) return ok(PROVEN_BY_RENEWAL);
		const answer = servesManyTenants(account)
			? await client.renew(refreshTokenOf(renewal.tokenData))
			: await client.proveItself();
		const finding = judgeApplication(answer, account, app);
		// Whatever Entra ID says to the application alone: it has just renewed a token for it.
		return renewal.renewed && finding.status !== 'ok' ? ok(PROVEN_BY_RENEWAL) : finding;
	}

	function findPermission(): Finding {
		return isConnected(credential.oauthTokenData)
			? judgePermission(credential, renewal.tokenData)
			: judgeUnconnected(credential);
	}

	async function findMailbox(): Promise<Finding> {
		if (renewal.finding.status === 'failed') return skipped('The token comes first.');
		const transport = openTransport(context, { ...account, clock, simultaneous: 1 });
		const mailbox = await openMailbox(account.graphOrigin, transport, clock);
		try {
			return await checkMailbox(mailbox, app);
		} finally {
			mailbox.close();
		}
	}
}

function named(check: CheckName, finding: Finding): CheckResult {
	return { check, ...finding };
}

const PROVEN_BY_RENEWAL =
	'Entra ID renewed the token with this client ID and its client secret or certificate.';

/** Even a made-up token does: a wrong client ID or secret is refused whatever the token is. */
function refreshTokenOf(tokenData: unknown): string {
	const { refresh_token: token } = (tokenData ?? {}) as { refresh_token?: unknown };
	return typeof token === 'string' && token !== '' ? token : 'none';
}
