import type { IExecuteFunctions } from 'n8n-workflow';
import { failed, ok, skipped, type Finding } from './finding';
import { asError } from '../../facts/causeChain';
import { explainExchange } from '../../explain/exchange';
import { holdingPlainToken } from '../../graph/accessToken';
import { readNoToken } from '../../graph/connectionErrors';
import { explainAccount } from '../../explain/refusals';
import { nameReason } from '../../account/whyRefused';
import { isConnected, NOT_CONNECTED, type LinkedAccount } from '../../account/linkedAccount';

export interface Renewal {
	finding: Finding;
	renewed: boolean;
	/** The token data that is in force now. */
	tokenData: unknown;
}

/** Does the token renew? Through n8n, which stores the new one, so nothing is lost by asking. */
export async function renewToken(
	context: Pick<IExecuteFunctions, 'helpers' | 'getCredentials'>,
	account: LinkedAccount,
	tokenData: unknown,
): Promise<Renewal> {
	const asIs = (finding: Finding): Renewal => ({ finding, renewed: false, tokenData });
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
		return {
			finding: ok('Entra ID renewed the token, and n8n stored it.'),
			renewed: true,
			tokenData: renewed,
		};
	} catch (error) {
		const refused = readNoToken(asError(error), account.loginOrigin);
		const named = await nameReason(context, account, refused);
		return asIs(failed(explainExchange(named, '', account.app)));
	}
}
