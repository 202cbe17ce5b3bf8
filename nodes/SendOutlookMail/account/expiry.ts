import { X509Certificate } from 'node:crypto';
import type { Application, CredentialData } from './application';

const DAY_MS = 24 * 60 * 60 * 1000;

/** A secret or certificate that expires within so many days raises a warning. */
export const WARNING_DAYS = 60;

/** When the proof with which the application signs in stops being accepted. */
export interface Expiry {
	what: 'clientSecret' | 'certificate';
	expiresAt: Date;
	/** Whole days from now to then, rounded up; zero or less when it has expired. */
	daysLeft: number;
}

/**
 * Reads when the client secret (as the owner entered it) or the certificate (from its PEM) expires.
 * Asks nobody.
 *
 * @returns undefined where the credential holds no date
 */
export function readExpiry(credential: CredentialData, now: Date): Expiry | undefined {
	const what = credential.clientCredentialType === 'certificate' ? 'certificate' : 'clientSecret';
	const expiresAt = what === 'certificate' ? certificateEnd(credential) : enteredEnd(credential);
	if (!expiresAt || Number.isNaN(expiresAt.getTime())) return undefined;
	return { what, expiresAt, daysLeft: Math.ceil((expiresAt.getTime() - now.getTime()) / DAY_MS) };
}

export function expiresSoon({ daysLeft }: Expiry): boolean {
	return daysLeft <= WARNING_DAYS;
}

/** One sentence on when it expires, and one on what to do and who can. */
export function describeExpiry(
	{ what, expiresAt, daysLeft }: Expiry,
	application: Application,
): { detail: string; remedy: string } {
	const thing = what === 'certificate' ? 'certificate' : 'client secret';
	const day = expiresAt.toISOString().slice(0, 10);
	const when =
		daysLeft > 0
			? `expires in ${daysLeft} ${daysLeft === 1 ? 'day' : 'days'}, on ${day}`
			: `expired on ${day}`;
	return {
		detail: `The ${thing} of the application ${when}. From then on, no email can be sent.`,
		remedy:
			application === 'roboMq'
				? `RoboMQ's operator creates a new ${thing} and enters it in n8n's credential overwrites.`
				: `Create a new ${thing} in the app registration (Certificates & secrets) and enter it in the credential, with its expiry date. You don't need to connect the account again.`,
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
