import { AADSTS_ERRORS } from '../../explain/aadstsErrors';
import { failed, ok, skipped, warning, type Finding } from './finding';
import { explainTokenRefusal } from '../../explain/signIn';
import type { LinkedApp } from '../../account/linkedApp';
import type { SignInFailure } from '../../facts/signInFailure';
import type { AppAnswer } from '../../account/appClient';
import { servesManyTenants, type Connection } from '../../account/connection';

/** Consent is looked at only after client ID and proof were accepted. */
const AFTER_AUTHENTICATION: ReadonlySet<number> = new Set([65001]);

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
			return ok('Entra ID accepts the client ID and its client secret or certificate.');
		case 'unusable':
			return failed({
				message: 'The client secret, the certificate or the private key cannot be used',
				remedy:
					app.owner === 'roboMq'
						? "RoboMQ's operator enters a whole client secret in n8n's credential overwrites."
						: 'Enter the whole client secret; or paste certificate and private key in PEM format, with their BEGIN and END lines.',
			});
		case 'noAnswer':
			return warning(
				'Entra ID gave no answer to the application.',
				'Ask your n8n administrator to check the network of this n8n and its proxy settings, then run the check again.',
			);
		case 'refused':
			return judgeRefusal(answer.said, connection, app);
	}
}

function judgeRefusal(said: SignInFailure, connection: Connection, app: LinkedApp): Finding {
	const { aadsts = 0, error } = said;
	if (AFTER_AUTHENTICATION.has(aadsts)) {
		return ok('Entra ID accepts the client ID and its client secret or certificate.');
	}
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
