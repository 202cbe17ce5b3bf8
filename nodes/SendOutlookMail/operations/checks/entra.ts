import type { IExecuteFunctions } from 'n8n-workflow';
import { type AppAnswer, type TenantAnswer, askWhyRefused } from '../../account/entra';
import { type Connection, servesManyTenants } from '../../account/connection';
import { type LinkedAccount, NOT_CONNECTED, isConnected } from '../../account/linkedAccount';
import type { LinkedApp } from '../../account/application';
import { AADSTS_ERRORS } from '../../explain/aadstsErrors';
import { ASK_ABOUT_NETWORK, askAboutNetwork, explainExchange } from '../../explain/exchange';
import { explainAccount, explainTokenRefusal } from '../../explain/account';
import { asError } from '../../facts/failure';
import type { SignInFailure } from '../../facts/signInFailure';
import { holdingPlainToken } from '../../graph/accessToken';
import { readBlocked, readNoToken } from '../../graph/network';
import { type Finding, failed, ok, skipped, warning } from './finding';

/** Do cloud and tenant exist? */
export function judgeTenant(
	answer: TenantAnswer,
	{ loginOrigin, tenant }: Connection,
	app: LinkedApp,
): Finding {
	const { host } = new URL(loginOrigin);
	switch (answer.kind) {
		case 'found':
			return ok(`${host} knows the tenant ${tenant}.`);
		case 'refused':
			return failed(explainTokenRefusal(answer.said, app));
		case 'foreign':
			return failed({
				message: `${host} refers to ${answer.host} for the tenant ${tenant}; nothing was sent there`,
				remedy:
					app.application === 'customer'
						? 'Choose the Entra ID Cloud Instance of the tenant in the credential.'
						: "RoboMQ's operator checks authUrl and accessTokenUrl in n8n's credential overwrites.",
			});
		case 'noAnswer': {
			const blocked = readBlocked(asError(answer.cause), new URL(loginOrigin));
			if (blocked) return failed(explainExchange(blocked, '', app));
			return failed({
				message: `${host} could not be asked about the tenant ${tenant}`,
				remedy: askAboutNetwork(app.application),
			});
		}
	}
}

/** A signed proof is accepted five minutes around the real time. */
const TOLERATED_MS = 5 * 60_000;
const NOTICEABLE_MS = 60_000;

/** Does the clock of this n8n agree with Microsoft's? */
export function judgeClock(answer: TenantAnswer, now: Date): Finding {
	const serverTime = answer.kind === 'noAnswer' ? undefined : answer.serverTime;
	if (!serverTime) return skipped('The sign-in host did not send its time.');
	const aheadMs = now.getTime() - serverTime.getTime();
	if (Math.abs(aheadMs) <= NOTICEABLE_MS) return ok('The clock of this n8n is right.');
	const seconds = Math.round(Math.abs(aheadMs) / 1000);
	const message = `The clock of this n8n is ${seconds} seconds ${aheadMs > 0 ? 'ahead' : 'behind'}`;
	const remedy =
		'Ask your n8n administrator to have the machine that runs n8n take its time from the network (NTP). Otherwise tokens are renewed at the wrong time, and certificates are refused.';
	return Math.abs(aheadMs) > TOLERATED_MS
		? failed({ message, remedy })
		: warning(`${message}.`, remedy);
}

const ACCEPTED = ok('Entra ID accepts the client ID and its client secret or certificate.');

/** Consent is looked at only after client ID and proof were accepted. */
const CONSENT_MISSING = 65001;

/** OAuth's codes for a client that is not the one it says it is (RFC 6749, section 5.2). */
const CLIENT_AT_FAULT: ReadonlySet<string> = new Set(['invalid_client', 'unauthorized_client']);

/** Are client ID and client secret or certificate accepted? */
export function judgeApplication(
	answer: AppAnswer,
	connection: Connection,
	app: LinkedApp,
): Finding {
	switch (answer.kind) {
		case 'accepted':
			return ACCEPTED;
		case 'unusable':
			return failed({
				message: 'The client secret, the certificate or the private key cannot be used',
				remedy:
					app.application === 'roboMq'
						? "RoboMQ's operator enters a whole client secret in n8n's credential overwrites."
						: 'Enter the whole client secret; or paste certificate and private key in PEM format, with their BEGIN and END lines.',
			});
		case 'noAnswer':
			return warning(
				'Entra ID gave no answer to the application.',
				`${ASK_ABOUT_NETWORK}, then run the check again.`,
			);
		case 'refused':
			return judgeRefusal(answer.said, connection, app);
	}
}

function judgeRefusal(said: SignInFailure, connection: Connection, app: LinkedApp): Finding {
	const { aadsts = 0, error } = said;
	if (aadsts === CONSENT_MISSING) return ACCEPTED;
	const failure = explainTokenRefusal(said, app);
	if (CLIENT_AT_FAULT.has(error) || AADSTS_ERRORS[aadsts]?.whoActs === 'appOwner') {
		return failed(failure);
	}
	if (servesManyTenants(connection)) {
		return skipped(
			`With tenant ${connection.tenant}, Entra ID looks at the application only together with a person.`,
			'See the check tokenRefresh.',
		);
	}
	return warning(
		`Entra ID neither accepted nor refused the application: ${failed(failure).detail}`,
		failure.remedy,
	);
}

/**
 * Does the token renew? Through n8n, which stores the new one, so nothing is lost by asking.
 *
 * @returns also the token data that is in force now
 */
export async function renewToken(
	context: Pick<IExecuteFunctions, 'helpers' | 'getCredentials'>,
	account: LinkedAccount,
	tokenData: unknown,
): Promise<{ finding: Finding; tokenData: unknown }> {
	const asIs = (finding: Finding) => ({ finding, tokenData });
	if (account.cannotRenew) return asIs(failed(explainAccount(account.cannotRenew)));
	if (!isConnected(tokenData)) return asIs(failed(NOT_CONNECTED));
	const { refreshOAuth2Token } = context.helpers as Partial<IExecuteFunctions['helpers']>;
	if (!refreshOAuth2Token) {
		return asIs(skipped('This version of n8n renews a token only when it has expired.'));
	}
	try {
		const renewed: unknown = await refreshOAuth2Token.call(
			holdingPlainToken(context),
			account.credentialType,
		);
		return { finding: ok('Entra ID renewed the token, and n8n stored it.'), tokenData: renewed };
	} catch (error) {
		const exchange = readNoToken(asError(error), account.loginOrigin);
		const [refused] = await askWhyRefused(context, account, [{ exchange }]);
		return asIs(failed(explainExchange(refused!.exchange, '', account.app)));
	}
}
