import { createHash, webcrypto } from 'node:crypto';
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import type { AppCertificate } from './shapes';

x509.cryptoProvider.set(webcrypto);

const RSA = {
	name: 'RSASSA-PKCS1-v1_5',
	hash: 'SHA-256',
	modulusLength: 2048,
	publicExponent: new Uint8Array([1, 0, 1]),
};

/** PEM of a private key, PKCS#8, as n8n's certificate field takes it. */
export async function privateKeyPem(key: webcrypto.CryptoKey): Promise<string> {
	const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key)).toString('base64');
	const lines = der.match(/.{1,64}/g) ?? [];
	return ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join('\n');
}

/** A key and a self-signed certificate, as an administrator makes them for an app registration. */
export async function createAppCertificate(
	commonName: string,
	startsAt: Date,
	endsAt: Date,
): Promise<AppCertificate> {
	const keys = await webcrypto.subtle.generateKey(RSA, true, ['sign', 'verify']);
	const certificate = await x509.X509CertificateGenerator.createSelfSigned({
		serialNumber: '01',
		name: `CN=${commonName}`,
		notBefore: startsAt,
		notAfter: endsAt,
		signingAlgorithm: RSA,
		keys,
	});
	const der = Buffer.from(certificate.rawData);
	return {
		privateKey: await privateKeyPem(keys.privateKey),
		certificate: `${certificate.toString('pem')}\n`,
		x5t: createHash('sha1').update(der).digest('base64url'),
		x5tS256: createHash('sha256').update(der).digest('base64url'),
		startsAt,
		endsAt,
	};
}
