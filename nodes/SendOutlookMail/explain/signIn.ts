import { AADSTS_ERRORS } from './aadstsErrors';
import type { AccountRefusal, Failure, FailureDetails } from '../facts/failure';
import type { LinkedApp } from '../account/application';
import { definedEntries, identifier, isoTime, redact } from '../facts/redact';
import { explainAccount } from './refusals';
import type { SignInFailure } from '../facts/signInFailure';

/** Says why the token could not be renewed, from what the token endpoint told n8n, or without asking it. */
export function explainSignIn(
	{
		accountRefusal,
		signIn,
	}: { accountRefusal?: AccountRefusal | undefined; signIn?: SignInFailure | undefined },
	app: LinkedApp,
): Failure {
	if (accountRefusal) return explainAccount(accountRefusal, app);
	return explainTokenRefusal(signIn ?? NOTHING_SAID, app);
}

/** Says why the token endpoint refused. */
export function explainTokenRefusal(said: SignInFailure, app: LinkedApp): Failure {
	const known = AADSTS_ERRORS[said.aadsts ?? 0];
	const details: FailureDetails = definedEntries({
		credential: app.credentialName,
		aadsts: said.aadsts === undefined ? undefined : `AADSTS${said.aadsts}`,
		traceId: identifier(said.traceId, app.secrets),
		time: isoTime(said.timestamp),
		microsoftSays: redact(said.description, app.secrets),
		n8nSays: redact(said.hostSays ?? '', app.secrets),
	});
	const code = identifier(said.error, app.secrets) ?? 'signInRequired';
	if (!known) return { code, ...explainUnknown(said), details };
	const operatorRemedy = app.application === 'roboMq' ? known.operatorRemedy : undefined;
	return { code, message: known.message, remedy: operatorRemedy ?? known.remedy, details };
}

const NOTHING_SAID: SignInFailure = { error: '', description: '' };

function explainUnknown(said: SignInFailure): Omit<Failure, 'code'> {
	const { aadsts, description, hostSays = '' } = said;
	if (aadsts === undefined && description === '' && hostSays === '') {
		return {
			message: 'The connection to the Outlook account has ended',
			remedy:
				'Open the credential and connect the account again. The operation Check Connection tells more.',
		};
	}
	return {
		message: `Entra ID did not renew the connection${aadsts === undefined ? '' : ` (AADSTS${aadsts})`}`,
		remedy:
			'Read what Microsoft or n8n says of it. Connect the account again; if that does not help, show the trace ID to an Entra admin.',
	};
}
