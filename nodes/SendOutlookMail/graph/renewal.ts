import type { ICredentialDataDecryptedObject, IDataObject, IExecuteFunctions } from 'n8n-workflow';

export type RenewalContext = Pick<IExecuteFunctions, 'getCredentials' | 'getNode' | 'helpers'>;

/** Renewals under way in this process, by credential and by the token that each is to replace. */
const underWay = new Map<string, Promise<unknown>>();

/**
 * One renewal for all executions of this process that hold the same token of the same credential:
 * whoever asks while it is under way waits for it and learns its end, be it a refusal. The token
 * belongs to the key because n8n may keep a token for each of its users under one credential.
 */
export async function shareRenewal<Token>(
	context: Pick<IExecuteFunctions, 'getNode'>,
	credentialType: string,
	staleToken: string,
	renew: () => Promise<Token>,
): Promise<Token> {
	const credential = context.getNode().credentials?.[credentialType]?.id;
	const key = JSON.stringify([credential, staleToken]);
	let renewal = underWay.get(key) as Promise<Token> | undefined;
	if (!renewal) {
		renewal = renew().finally(() => underWay.delete(key));
		underWay.set(key, renewal);
	}
	return await renewal;
}

/** How many renewals are under way. */
export function renewalsUnderWay(): number {
	return underWay.size;
}

/**
 * Renews a token through n8n, unless it has been renewed already, by whichever of n8n's processes:
 * then that one is handed over. n8n keeps one lease per credential, and while it holds it compares
 * what is stored now with the token that its caller read. It reads that one itself, so it may have
 * read a token that is newer than ours and renew it for nothing; hence it is told ours.
 *
 * @throws what n8n throws when the token endpoint refuses or cannot be reached
 */
export async function renewUnlessRenewed(
	context: RenewalContext,
	credentialType: string,
	staleToken: string,
): Promise<IDataObject> {
	const holder = holdingPlainToken(context, { access_token: staleToken });
	return (await context.helpers.refreshOAuth2Token.call(holder, credentialType)) as IDataObject;
}

/** All that n8n and this package use of a token. */
const TOKEN_FIELDS = [
	'access_token',
	'refresh_token',
	'token_type',
	'scope',
	'expires_in',
	'n8n_expires_at',
	'resource',
];

/**
 * The context as n8n sees it when it signs a request or renews a token: with these fields of the token
 * and no others. A renewal stores again what it was handed, with every expression evaluated; one that
 * somebody stored beside the token would write the operator's client secret into the credential.
 */
export function holdingPlainToken(
	context: Pick<IExecuteFunctions, 'getCredentials'>,
	instead: IDataObject = {},
): IExecuteFunctions {
	return Object.create(context, {
		getCredentials: {
			value: async (...asked: Parameters<RenewalContext['getCredentials']>) => {
				const credential: ICredentialDataDecryptedObject = await context.getCredentials(...asked);
				const { oauthTokenData } = credential;
				if (typeof oauthTokenData !== 'object' || oauthTokenData === null) return credential;
				const plain = Object.entries(oauthTokenData).filter(
					([name, value]) => TOKEN_FIELDS.includes(name) && typeof value !== 'object',
				);
				return { ...credential, oauthTokenData: { ...Object.fromEntries(plain), ...instead } };
			},
		},
	}) as IExecuteFunctions;
}
