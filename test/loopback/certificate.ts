import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

/** PEM. A client that trusts `cert` trusts the server that has both. */
export interface ServerCertificate {
	key: string;
	cert: string;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 24 * 60 * 60 * 1000;

/** A self-signed certificate for 127.0.0.1. */
export async function createServerCertificate(): Promise<ServerCertificate> {
	const keys = (await webcrypto.subtle.generateKey(ALGORITHM, true, [
		'sign',
		'verify',
	])) as webcrypto.CryptoKeyPair;
	const certificate = await x509.X509CertificateGenerator.createSelfSigned({
		name: 'CN=127.0.0.1',
		notBefore: new Date(Date.now() - DAY_MS),
		notAfter: new Date(Date.now() + DAY_MS),
		signingAlgorithm: ALGORITHM,
		keys,
		extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }])],
	});
	const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
	return { key: x509.PemConverter.encode(key, 'PRIVATE KEY'), cert: certificate.toString('pem') };
}
