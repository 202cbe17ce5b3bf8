import type { LinkedApp } from '../account/application';
import { readTime } from '../facts/clock';
import { AccountRefusal, messageOf, type Failure, type FailureDetails } from '../facts/failure';
import { definedEntries } from '../facts/json';
import { redact, identifier } from '../facts/redact';
import type { SignInFailure } from '../facts/signInFailure';
import { AADSTS_ERRORS } from './aadstsErrors';

/** An account or a credential that cannot be used. */
export function explainAccount(error: unknown, app?: LinkedApp): Failure {
	const details = definedEntries({ credential: app?.credentialName });
	if (error instanceof AccountRefusal) {
		return { code: error.code, message: error.message, remedy: error.remedy, details };
	}
	return {
		code: 'credentialUnavailable',
		message: redact(messageOf(error) ?? '', app?.secrets) ?? 'The credential could not be read',
		remedy:
			'Choose the credential in the node again, or ask your n8n administrator for access to it.',
		details,
	};
}

/** Why the token could not be renewed: refused by the token endpoint, or by the node before asking. */
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
		time: readTime(said.timestamp)?.toISOString(),
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
