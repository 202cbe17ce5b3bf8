import { webcrypto } from 'node:crypto';
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { privateKeyPem } from '../directory/certificate';

export interface TlsIdentity {
	/** PEM. */
	readonly key: string;
	/** PEM. */
	readonly cert: string;
	/** PEM of the authority that a client has to trust. */
	readonly ca: string;
}

const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY = 24 * 60 * 60 * 1000;

async function keyPair() {
	return (await webcrypto.subtle.generateKey(EC, true, [
		'sign',
		'verify',
	])) as webcrypto.CryptoKeyPair;
}

/** An authority and, signed by it, a certificate for localhost and 127.0.0.1; for a day. */
export async function createTlsIdentity(): Promise<TlsIdentity> {
	const [authorityKeys, keys] = await Promise.all([keyPair(), keyPair()]);
	const validity = {
		notBefore: new Date(Date.now() - DAY),
		notAfter: new Date(Date.now() + DAY),
		signingAlgorithm: EC,
	};
	const authority = await x509.X509CertificateGenerator.createSelfSigned({
		...validity,
		serialNumber: '01',
		name: 'CN=Sandbox Authority',
		keys: authorityKeys,
		extensions: [
			new x509.BasicConstraintsExtension(true, 0, true),
			new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
			await x509.SubjectKeyIdentifierExtension.create(authorityKeys.publicKey),
		],
	});
	const certificate = await x509.X509CertificateGenerator.create({
		...validity,
		serialNumber: '02',
		subject: 'CN=localhost',
		issuer: authority.subject,
		publicKey: keys.publicKey,
		signingKey: authorityKeys.privateKey,
		extensions: [
			new x509.SubjectAlternativeNameExtension([
				{ type: 'dns', value: 'localhost' },
				{ type: 'ip', value: '127.0.0.1' },
			]),
			new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
			await x509.AuthorityKeyIdentifierExtension.create(authorityKeys.publicKey),
		],
	});
	return {
		key: await privateKeyPem(keys.privateKey),
		cert: certificate.toString('pem'),
		ca: `${authority.toString('pem')}\n`,
	};
}
