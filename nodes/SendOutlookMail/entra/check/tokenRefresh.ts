import type { IExecuteFunctions } from 'n8n-workflow';
import { failed, ok, skipped, type Finding } from '../../outcome/checkResult';
import { explainSignIn } from '../../outcome/explainSignIn';
import { nameReason } from '../whyRefused';
import { isConnected, type LinkedAccount } from '../linkedAccount';

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
	if (!isConnected(tokenData)) {
		return asIs(
			failed({
				message: 'The Outlook account is not connected yet',
				remedy:
					'Open the credential, press Connect my account, sign in and accept the permissions.',
			}),
		);
	}
	const { refreshOAuth2Token } = context.helpers as Partial<IExecuteFunctions['helpers']>;
	if (!refreshOAuth2Token) {
		return asIs(skipped('This version of n8n renews a token only when it has expired.'));
	}
	try {
		const renewed: unknown = await refreshOAuth2Token.call(
			context as IExecuteFunctions,
			account.credentialType,
		);
		return {
			finding: ok('Entra ID renewed the token, and n8n stored it.'),
			renewed: true,
			tokenData: renewed,
		};
	} catch (error) {
		return asIs(failed(explainSignIn(await nameReason(context, account, error), account.app)));
	}
}
