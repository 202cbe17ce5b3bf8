import type { IExecuteFunctions } from 'n8n-workflow';
import { X509Certificate } from 'node:crypto';
import { readTime } from '../facts/clock';
import { AccountRefusal } from '../facts/failure';
import { asObject, asText } from '../facts/json';
import { KnownSecrets } from '../facts/knownSecrets';
import type { Application, LinkedApp, CredentialData } from './application';
import { type Connection, readAllowedRecipients, readConnection } from './connection';
import { type SenderRights, readSenderRights } from './permissions';

/** The Outlook account that a designer linked, as far as the node needs to know it. */
export interface LinkedAccount extends Connection {
	credentialType: string;
	/** n8n's ID of the credential. */
	credentialId: string | undefined;
	rights: SenderRights;
	/**
	 * Who may be sent to, as n8n hands it over and unread: undefined where the credential has no such
	 * field, null where an expression came to nothing.
	 */
	allowedRecipients?: unknown;
	/** Whose app it is, and the credential's name, for explanations. */
	app: LinkedApp;
	/** When secret or certificate expire, where the credential holds a date. */
	expiry?: Expiry | undefined;
	/** Why this n8n cannot renew the account's token, where that is known beforehand. */
	cannotRenew?: AccountRefusal | undefined;
}

type NamedApp = LinkedApp & { secrets: KnownSecrets };

/** Names a node's credential for explanations, without reading it. */
export function nameLinkedApp(
	context: Pick<IExecuteFunctions, 'getNode'>,
	credentialType: string,
	application: Application,
): NamedApp {
	const credentialName = context.getNode().credentials?.[credentialType]?.name;
	return { application, credentialName, secrets: new KnownSecrets() };
}

export const NOT_CONNECTED = {
	code: 'notConnected',
	message: 'The Outlook account is not connected yet',
	remedy: 'Open the credential, connect the account, sign in and accept the permissions.',
} as const;

/** @throws {AccountRefusal} when a field of the credential breaks a rule */
export function describeAccount(
	context: Pick<IExecuteFunctions, 'getNode' | 'helpers'>,
	credential: CredentialData,
	{ credentialType, app, now }: { credentialType: string; app: NamedApp; now: Date },
): LinkedAccount {
	app.secrets.addCredential(credential);
	return {
		...readConnection(credential, app.application),
		credentialType,
		credentialId: context.getNode().credentials?.[credentialType]?.id ?? undefined,
		app,
		rights: readSenderRights(credential, app.application),
		allowedRecipients: readAllowedRecipients(credential),
		expiry: readExpiry(credential, now),
		cannotRenew: refuseCertificate(context, credential),
	};
}

/**
 * @throws {AccountRefusal} when a field of the credential breaks a rule, or nobody has signed in yet
 */
export async function readLinkedAccount(
	context: Pick<IExecuteFunctions, 'getCredentials' | 'getNode' | 'helpers'>,
	credentialType: string,
	application: Application,
	now: Date,
): Promise<LinkedAccount> {
	const credential = await context.getCredentials(credentialType);
	const app = nameLinkedApp(context, credentialType, application);
	const account = describeAccount(context, credential, { credentialType, app, now });
	if (!isConnected(credential.oauthTokenData)) {
		const { code, message, remedy } = NOT_CONNECTED;
		throw account.cannotRenew ?? new AccountRefusal(code, message, remedy);
	}
	return account;
}

export function isConnected(tokenData: unknown): boolean {
	return Boolean(asObject(tokenData)?.access_token);
}

/** The first n8n that signs in with a certificate: n8n pull request 33227. */
const FIRST_VERSION = '2.30';

/**
 * An n8n that knows no certificates leaves the proof out of every sign-in and renewal; a token that
 * it has can still be used until it expires. Such an n8n has no `getSecureEgressFilter` either: of the
 * releases on npm, n8n-core 2.27.3 has neither, and 2.30.0 and all since have both.
 */
function refuseCertificate(
	{ helpers }: Pick<IExecuteFunctions, 'helpers'>,
	{ clientCredentialType }: CredentialData,
): AccountRefusal | undefined {
	if (clientCredentialType !== 'certificate') return undefined;
	if ((helpers as Partial<typeof helpers>).getSecureEgressFilter) return undefined;
	return new AccountRefusal(
		'certificateNotSupported',
		'This version of n8n cannot sign in with a certificate',
		`Ask your n8n administrator to update n8n to ${FIRST_VERSION} or later, or enter a client secret in the credential and connect the account again. Nothing was sent.`,
	);
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** A secret or certificate that expires within so many days raises a warning. */
const WARNING_DAYS = 60;

/** When the proof with which the application signs in stops being accepted. */
interface Expiry {
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
	const expiresAt = readTime(
		what === 'certificate' ? certificateEnd(credential) : enteredEnd(credential),
	);
	if (!expiresAt) return undefined;
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

function certificateEnd({ certificate }: CredentialData): string | undefined {
	try {
		return new X509Certificate(asText(certificate) ?? '').validTo;
	} catch {
		// Not a certificate: connecting says so, a date cannot be told.
		return undefined;
	}
}

/** A date as n8n's date picker stores it, ISO 8601, or a date object from an expression. */
function enteredEnd({ clientSecretExpiresOn: entered }: CredentialData): Date | string | undefined {
	if (entered instanceof Date) return entered;
	const toISO = asObject(entered)?.toISO;
	return asText(typeof toISO === 'function' ? toISO.call(entered) : entered);
}
