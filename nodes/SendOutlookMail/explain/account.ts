import type { LinkedApp } from '../account/application';
import { readTime } from '../facts/clock';
import { AccountRefusal, messageOf, type Failure, type FailureDetails } from '../facts/failure';
import { definedEntries } from '../facts/json';
import { redact, identifier } from '../facts/redact';
import type { SignInFailure } from '../facts/signInFailure';
import { AADSTS_ERRORS } from './aadstsErrors';
import { wordsFor } from './explanation';

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

/** Says why the token endpoint refused. */
export function explainTokenRefusal(said: SignInFailure | undefined, app: LinkedApp): Failure {
	const { aadsts, error, description = '', hostSays = '' } = said ?? {};
	const details: FailureDetails = definedEntries({
		credential: app.credentialName,
		aadsts: aadsts === undefined ? undefined : `AADSTS${aadsts}`,
		traceId: identifier(said?.traceId, app.secrets),
		time: readTime(said?.timestamp)?.toISOString(),
		microsoftSays: redact(description, app.secrets),
		n8nSays: redact(hostSays, app.secrets),
	});
	const code = identifier(error, app.secrets) ?? 'signInRequired';
	const known = AADSTS_ERRORS[aadsts ?? 0];
	if (known) return { code, ...wordsFor(known, app), details };
	if (aadsts === undefined && description === '' && hostSays === '') {
		return {
			code,
			message: 'The connection to the Outlook account has ended',
			remedy:
				'Open the credential and connect the account again. The operation Check Connection tells more.',
			details,
		};
	}
	return {
		code,
		message: `Entra ID did not renew the connection${aadsts === undefined ? '' : ` (AADSTS${aadsts})`}`,
		remedy:
			'Read what Microsoft or n8n says of it. Connect the account again; if that does not help, show the trace ID to an Entra admin.',
		details,
	};
}
