import type { Failure } from '../facts/failure';
import type { LinkedApp } from '../account/linkedApp';
import { definedEntries, quote } from '../facts/redact';

/** Says that no connection could be made; `renewing`: to the sign-in host, to renew the token. */
export function explainUnreachable(
	{ cause, renewing }: { cause: Error; renewing?: true },
	{ owner }: LinkedApp,
): Failure {
	const cloud =
		owner === 'customer' ? ' Check the Entra ID Cloud Instance in the credential, too.' : '';
	return {
		code: 'unreachable',
		message: renewing
			? 'Entra ID could not be reached to renew the connection'
			: 'Microsoft Graph could not be reached',
		remedy: `Ask your n8n administrator to check the network of this n8n and its proxy settings.${cloud} The mail was not sent.`,
		details: definedEntries({ networkSays: quote(cause.message) }),
	};
}
