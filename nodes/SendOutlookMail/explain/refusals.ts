import { AccountRefusal, type Failure } from '../facts/failure';
import { messageOf } from '../facts/causeChain';
import type { LinkedApp } from '../account/application';
import { definedEntries, redact } from '../facts/redact';
import type { Refusal } from '../mail/issues';

/** A mail that cannot be composed from what the designer entered; every bad entry is named. */
export function explainRefusals(refusals: readonly [Refusal, ...Refusal[]]): Failure {
	const [first, ...others] = refusals;
	const lines = refusals.map((refusal) => `${describe(refusal)}: ${refusal.remedy}`);
	return {
		code: 'invalidInput',
		message:
			others.length === 0 ? describe(first) : `${describe(first)} (and ${others.length} more)`,
		remedy: lines.join('\n'),
	};
}

function describe({ field, position, value, cause }: Refusal): string {
	const place = position === undefined ? field : `${field}, entry ${position}`;
	return value === undefined ? `${place}: ${cause}` : `${place}: ${cause} (${value})`;
}

/** A value that n8n could not compute; n8n's own words say which expression and why. */
export function explainExpression(error: unknown): Failure {
	return {
		code: 'invalidExpression',
		message: messageOf(error) ?? 'A parameter could not be read',
		remedy: 'Open the node and fix the expression that is marked red.',
	};
}

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
