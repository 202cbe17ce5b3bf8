import { X509Certificate } from 'node:crypto';
import type { Application, CredentialData } from './application';

const DAY_MS = 24 * 60 * 60 * 1000;

/** From so many days before its end, a secret or certificate raises a warning. */
export const WARNING_DAYS = 60;

/** When the proof with which the application signs in stops being accepted. */
export interface Expiry {
	what: 'clientSecret' | 'certificate';
	endsAt: Date;
	/** Whole days from now to then, rounded up; zero or less when it has ended. */
	daysLeft: number;
}

/**
 * Reads when the client secret (as the owner entered it) or the certificate (from its PEM) ends.
 * Asks nobody.
 *
 * @returns undefined where the credential does not tell
 */
export function readExpiry(credential: CredentialData, now: Date): Expiry | undefined {
	const what = credential.clientCredentialType === 'certificate' ? 'certificate' : 'clientSecret';
	const endsAt = what === 'certificate' ? certificateEnd(credential) : enteredEnd(credential);
	if (!endsAt || Number.isNaN(endsAt.getTime())) return undefined;
	return { what, endsAt, daysLeft: Math.ceil((endsAt.getTime() - now.getTime()) / DAY_MS) };
}

export function isEndingSoon({ daysLeft }: Expiry): boolean {
	return daysLeft <= WARNING_DAYS;
}

/** One sentence on when it ends, and one on what to do and who can. */
export function describeExpiry(
	{ what, endsAt, daysLeft }: Expiry,
	application: Application,
): { detail: string; remedy: string } {
	const thing = what === 'certificate' ? 'certificate' : 'client secret';
	const day = endsAt.toISOString().slice(0, 10);
	const when =
		daysLeft > 0
			? `ends in ${daysLeft} ${daysLeft === 1 ? 'day' : 'days'}, on ${day}`
			: `ended on ${day}`;
	return {
		detail: `The ${thing} of the application ${when}. From then on, no mail can be sent.`,
		remedy:
			application === 'roboMq'
				? `RoboMQ's operator creates a new ${thing} and enters it in n8n's credential overwrites.`
				: `Create a new ${thing} in the app registration (Certificates & secrets) and enter it in the credential, with its end date. The account need not be connected again.`,
	};
}

function certificateEnd({ certificate }: CredentialData): Date | undefined {
	if (typeof certificate !== 'string' || certificate.trim() === '') return undefined;
	try {
		return new Date(new X509Certificate(certificate).validTo);
	} catch {
		// Not a certificate: connecting says so, a date cannot be told.
		return undefined;
	}
}

/** A date as n8n's date picker stores it, ISO 8601, or a date object from an expression. */
function enteredEnd({ clientSecretExpiresOn: entered }: CredentialData): Date | undefined {
	if (entered instanceof Date) return entered;
	const { toISO } = Object(entered) as { toISO?: unknown };
	const iso: unknown = typeof toISO === 'function' ? toISO.call(entered) : entered;
	return typeof iso === 'string' && iso !== '' ? new Date(iso) : undefined;
}
