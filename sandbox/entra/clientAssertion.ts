import { X509Certificate } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, errors, jwtVerify, type JWTPayload } from 'jose';
import type { AppCertificate, Application } from '../directory';
import type { ClientCredentials } from './clientAuthentication';
import { Refusal } from './refusal';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

interface Assertion {
	readonly thumbprint: { readonly x5t?: unknown; readonly x5tS256?: unknown };
	readonly algorithm: unknown;
	readonly claims: JWTPayload;
}

/** @cites signedProof */
export async function checkAssertion(
	app: Application,
	{ assertion = '', assertionType }: ClientCredentials,
	tokenEndpoints: readonly string[],
): Promise<void> {
	if (assertionType !== ASSERTION_TYPE) {
		throw new Refusal(900144, { parameter: 'client_assertion_type' });
	}
	const { thumbprint, algorithm, claims } = read(assertion);
	if (algorithm !== 'RS256' && algorithm !== 'PS256') throw new Refusal(50027);
	const certificate = find(app, thumbprint);
	await verify(assertion, certificate);
	checkClaims(app, claims, tokenEndpoints);
}

function read(assertion: string): Assertion {
	try {
		const header = decodeProtectedHeader(assertion);
		return {
			thumbprint: { x5t: header.x5t, x5tS256: header['x5t#S256'] },
			algorithm: header.alg,
			claims: decodeJwt(assertion),
		};
	} catch (cause) {
		throw new Refusal(50027, { cause: String(cause) });
	}
}

function find(app: Application, { x5t, x5tS256 }: Assertion['thumbprint']): AppCertificate {
	if (x5t === undefined && x5tS256 === undefined) throw new Refusal(50027);
	const match = app.certificates.find(
		(certificate) => certificate.x5t === x5t || certificate.x5tS256 === x5tS256,
	);
	if (match === undefined) {
		throw notAccepted('The key was not found.', String(x5t ?? x5tS256));
	}
	if (match.endsAt.getTime() <= Date.now()) {
		throw notAccepted('The key used is expired.', match.x5t);
	}
	return match;
}

async function verify(assertion: string, certificate: AppCertificate): Promise<void> {
	const { publicKey } = new X509Certificate(certificate.certificate);
	try {
		// Lifetime is checked below, so that its own code is answered.
		await jwtVerify(assertion, publicKey, {
			algorithms: ['RS256', 'PS256'],
			currentDate: new Date(1),
			clockTolerance: '1000 years',
		});
	} catch (error) {
		if (!(error instanceof errors.JOSEError)) throw error;
		throw notAccepted(
			'Key was found, but use of the key to verify the signature failed.',
			certificate.x5t,
		);
	}
}

function checkClaims(app: Application, claims: JWTPayload, tokenEndpoints: readonly string[]) {
	if (claims.iss !== app.id || claims.sub !== app.id) throw new Refusal(700021);
	if (typeof claims.aud !== 'string' || !tokenEndpoints.includes(claims.aud)) {
		throw new Refusal(700023);
	}
	const now = Date.now() / 1000;
	const tolerance = 300;
	if (claims.exp === undefined || claims.exp + tolerance < now) throw new Refusal(700024);
	if (claims.nbf !== undefined && claims.nbf - tolerance > now) throw new Refusal(700024);
	// Its presence is documented, that it must differ each time is not: MSAL reuses an assertion.
	if (claims.jti === undefined) throw new Refusal(50027);
}

function notAccepted(reason: string, thumbprint: string): Refusal {
	const hex = Buffer.from(thumbprint, 'base64url').toString('hex').toUpperCase();
	return new Refusal(700027, { reason, thumbprint: hex });
}
