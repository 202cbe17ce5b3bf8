import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { CREDENTIAL_TYPES, type CredentialData } from '../account/application';
import { servesManyTenants } from '../account/connection';
import { askForToken, createHostHttp, askForTenant } from '../account/entra';
import {
	describeAccount,
	isConnected,
	nameLinkedApp,
	type LinkedAccount,
} from '../account/linkedAccount';
import { explainAccount } from '../explain/account';
import { describeLocalLinks, HOST_CANNOT_WAIT } from '../explain/refusals';
import { SYSTEM_CLOCK, type Clock } from '../facts/clock';
import { withoutEmpty } from '../output/fields';
import { judgeExpiry, judgePermission, judgeUnconnected } from './checks/credential';
import { judgeApplication, judgeClock, judgeTenant, renewToken } from './checks/entra';
import { failed, ok, skipped, type Finding } from './checks/finding';
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
	const findings = await runChecks(context, clock);
	return Object.entries(findings).map(([check, finding]) => ({
		// n8n's table shows a field that only some items have as "undefined", in red.
		json: withoutEmpty({ check, ...finding, remedy: finding.remedy || 'Nothing to do' }),
		pairedItem: { item: 0 },
	}));
}

const AFTER_CREDENTIAL = [
	'network',
	'cloudAndTenant',
	'clock',
	'application',
	'expiry',
	'tokenRefresh',
	'permission',
	'mailbox',
] as const;

/** In the order of the output. */
type Findings = Record<'credential' | (typeof AFTER_CREDENTIAL)[number] | 'links', Finding>;

async function runChecks(context: IExecuteFunctions, clock: Clock): Promise<Findings> {
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
		const others = AFTER_CREDENTIAL.map((check) => [check, skipped('The credential comes first.')]);
		return {
			credential: failed(explainAccount(error, app)),
			...(Object.fromEntries(others) as Omit<Findings, 'credential' | 'links'>),
			links: findLinks(context),
		};
	}
	const http = createHostHttp(context, account.loginOrigin);
	const tenant = await askForTenant(account, http);
	const renewal = await renewToken(context, account, credential.oauthTokenData);
	const isRenewed = renewal.finding.status === 'ok';
	app.secrets.addTokens(renewal.tokenData);
	return {
		credential: ok('Every field of the credential can be used.'),
		network: await checkNetwork(context, account),
		cloudAndTenant: judgeTenant(tenant, account, app),
		clock: judgeClock(tenant, now),
		application: await findApplication(),
		expiry: judgeExpiry(credential, application, now),
		tokenRefresh: renewal.finding,
		permission: isConnected(credential.oauthTokenData)
			? judgePermission(credential, renewal.tokenData)
			: judgeUnconnected(credential),
		mailbox:
			renewal.finding.status === 'failed'
				? skipped('The token comes first.')
				: await checkMailbox(context, account, clock),
		links: findLinks(context),
	};

	async function findApplication(): Promise<Finding> {
		if (tenant.kind !== 'found') return skipped('Cloud and tenant come first.');
		// Asking again as the person would make a token that n8n does not store.
		if (isRenewed && servesManyTenants(account)) return ok(PROVEN_BY_RENEWAL);
		const answer = await askForToken({
			...{ connection: account, credential, metadata: tenant.metadata, http },
			...(servesManyTenants(account) ? { refreshToken: refreshTokenOf(renewal.tokenData) } : {}),
		});
		const finding = judgeApplication(answer, account, app);
		// Whatever Entra ID says to the application alone: it has just renewed a token for it.
		return isRenewed && finding.status !== 'ok' ? ok(PROVEN_BY_RENEWAL) : finding;
	}
}

const PROVEN_BY_RENEWAL =
	'Entra ID renewed the token with this client ID and its client secret or certificate.';

/** Even a made-up token does: a wrong client ID or secret is refused whatever the token is. */
function refreshTokenOf(tokenData: unknown): string {
	const { refresh_token: token } = (tokenData ?? {}) as { refresh_token?: unknown };
	return typeof token === 'string' && token !== '' ? token : 'none';
}

/** Where the links of questions by email lead: an address that only people can judge. */
function findLinks(context: Partial<Pick<IExecuteFunctions, 'getSignedResumeUrl'>>): Finding {
	if (typeof context.getSignedResumeUrl !== 'function') {
		return skipped(HOST_CANNOT_WAIT.message, HOST_CANNOT_WAIT.remedy);
	}
	const url = new URL(context.getSignedResumeUrl({}));
	// No warning: without questions by email there is nothing to do.
	return ok(describeLocalLinks(url) ?? `Links of questions by email lead to ${url.origin}.`);
}
