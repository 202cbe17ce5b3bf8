import type { IExecuteFunctions } from 'n8n-workflow';
import type { Exchange } from '../graph/exchange';
import { findSignInFailure, type SignInFailure } from '../facts/signInFailure';
import { openAppClient } from './appClient';
import { createHostHttp } from './hostHttp';
import type { LinkedAccount } from './linkedAccount';
import { askForTenant } from './openIdConfiguration';

type Context = Pick<IExecuteFunctions, 'helpers' | 'getCredentials'>;

/**
 * n8n keeps to itself why Entra ID refused to renew a token (`invalid_grant`). The same question is
 * asked once more, so that the designer reads Microsoft's reason. A token that came after all would
 * be thrown away, and n8n's stays valid: Microsoft does not revoke a refresh token when it is used.
 * https://learn.microsoft.com/entra/identity-platform/refresh-tokens
 *
 * @returns an error with the reason where it could be learnt, else the same error
 */
export async function nameReason(
	context: Context,
	account: LinkedAccount,
	error: unknown,
): Promise<unknown> {
	return hidesReason(error) ? ((await learnReason(context, account)) ?? error) : error;
}

/** The same for all mails of a run: asks once, and only when a renewal was refused. */
export async function askWhyRefused<T extends { exchange?: Exchange }>(
	context: Context,
	account: LinkedAccount,
	carried: readonly T[],
): Promise<readonly T[]> {
	const isHidden = ({ exchange }: T) =>
		exchange?.kind === 'signInRequired' && hidesReason(exchange.cause);
	if (!carried.some(isHidden)) return carried;
	const cause = await learnReason(context, account);
	if (!cause) return carried;
	return carried.map((each) =>
		isHidden(each) ? { ...each, exchange: { kind: 'signInRequired', cause } } : each,
	);
}

function hidesReason(error: unknown): boolean {
	const said = findSignInFailure(error);
	return said !== undefined && said.aadsts === undefined && said.description === '';
}

async function learnReason(context: Context, account: LinkedAccount): Promise<Error | undefined> {
	try {
		const credential = await context.getCredentials(account.credentialType);
		const tokens = credential.oauthTokenData as { refresh_token?: unknown } | undefined;
		if (typeof tokens?.refresh_token !== 'string') return undefined;
		const http = createHostHttp(context, account.loginOrigin);
		const tenant = await askForTenant(account, http);
		if (tenant.kind !== 'found') return undefined;
		const app = await openAppClient(account, credential, tenant.metadata, http);
		const answer = await app.renew(tokens.refresh_token);
		if (answer.kind !== 'refused') return undefined;
		return new Error('Entra ID refused to renew the token', {
			cause: { body: bodyOf(answer.said) },
		});
	} catch {
		// The refusal itself is known and will be reported; only its reason stays hidden.
		return undefined;
	}
}

function bodyOf({ error, description, aadsts, traceId, timestamp }: SignInFailure) {
	return {
		error,
		error_description: description,
		error_codes: aadsts === undefined ? [] : [aadsts],
		trace_id: traceId,
		timestamp,
	};
}
