import type { IExecuteFunctions } from 'n8n-workflow';
import { withSignIn, type Exchange } from '../graph/exchange';
import type { SignInFailure } from '../facts/signInFailure';
import { openAppClient, createHostHttp, askForTenant } from './entra';
import type { LinkedAccount } from './linkedAccount';

type Context = Pick<IExecuteFunctions, 'helpers' | 'getCredentials'>;

/**
 * n8n keeps to itself why Entra ID refused to renew a token (`invalid_grant`). The same question is
 * asked once more, so that the designer reads Microsoft's reason. A token that came after all would
 * be thrown away, and n8n's stays valid: Microsoft does not revoke a refresh token when it is used.
 * https://learn.microsoft.com/entra/identity-platform/refresh-tokens
 *
 * @returns the exchange with the reason where it could be learned, else the same exchange
 */
export async function nameReason(
	context: Context,
	account: LinkedAccount,
	exchange: Exchange,
): Promise<Exchange> {
	const said = hidesReason(exchange) ? await learnReason(context, account) : undefined;
	return said ? withSignIn(exchange, said) : exchange;
}

/** The same for all emails of a run: asks once, and only when a renewal was refused. */
export async function askWhyRefused<T extends { exchange?: Exchange }>(
	context: Context,
	account: LinkedAccount,
	deliveries: readonly T[],
): Promise<readonly T[]> {
	if (!deliveries.some(({ exchange }) => hidesReason(exchange))) return deliveries;
	const said = await learnReason(context, account);
	if (!said) return deliveries;
	return deliveries.map((each) => {
		const { exchange } = each;
		return exchange && hidesReason(exchange)
			? { ...each, exchange: withSignIn(exchange, said) }
			: each;
	});
}

function hidesReason(exchange: Exchange | undefined): boolean {
	const said = exchange?.signIn;
	return said !== undefined && said.aadsts === undefined && said.description === '';
}

async function learnReason(
	context: Context,
	account: LinkedAccount,
): Promise<SignInFailure | undefined> {
	try {
		const credential = await context.getCredentials(account.credentialType);
		account.app.secrets?.addCredential(credential);
		const tokens = credential.oauthTokenData as { refresh_token?: unknown } | undefined;
		if (typeof tokens?.refresh_token !== 'string') return undefined;
		const http = createHostHttp(context, account.loginOrigin);
		const tenant = await askForTenant(account, http);
		if (tenant.kind !== 'found') return undefined;
		const app = await openAppClient(account, credential, tenant.metadata, http);
		const answer = await app.renew(tokens.refresh_token);
		return answer.kind === 'refused' ? answer.said : undefined;
	} catch {
		// The refusal itself is known and will be reported; only its reason stays hidden.
		return undefined;
	}
}
