import { ConnectionRefusal } from '../entra/connection';
import { NotConnected } from '../entra/linkedAccount';
import type { FieldRefusal } from '../message';
import type { Failure } from './failure';

/** A mail that cannot be composed from what the designer entered; every bad entry is named. */
export function explainRefusals(refusals: readonly [FieldRefusal, ...FieldRefusal[]]): Failure {
	const [first, ...others] = refusals;
	const lines = refusals.map((refusal) => `${describe(refusal)}: ${refusal.remedy}`);
	return {
		code: 'invalidInput',
		message:
			others.length === 0 ? describe(first) : `${describe(first)} (and ${others.length} more)`,
		remedy: lines.join('\n'),
	};
}

function describe({ field, position, value, cause }: FieldRefusal): string {
	const place = position === undefined ? field : `${field}, entry ${position}`;
	return value === undefined ? `${place}: ${cause}` : `${place}: ${cause} (${value})`;
}

/** A value that n8n could not compute; n8n's own words say which expression and why. */
export function explainExpression(error: unknown): Failure {
	return {
		code: 'invalidExpression',
		message: error instanceof Error ? error.message : 'A parameter could not be read',
		remedy: 'Open the node and mend the expression that is marked red.',
	};
}

/** A credential that cannot be used, whichever mail it is for. */
export function explainAccount(error: unknown): Failure {
	if (error instanceof ConnectionRefusal) {
		return { code: 'invalidCredential', message: error.message, remedy: error.remedy };
	}
	if (error instanceof NotConnected) {
		return {
			code: 'notConnected',
			message: 'The Outlook account is not connected yet',
			remedy: 'Open the credential, press Connect my account, sign in and accept the permissions.',
		};
	}
	return {
		code: 'credentialUnavailable',
		message: error instanceof Error ? error.message : 'The credential could not be read',
		remedy:
			'Choose the credential in the node again, or ask your n8n administrator for access to it.',
	};
}
