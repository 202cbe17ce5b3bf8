import { describeExpiry, expiresSoon, readExpiry } from '#node/account/linkedAccount';
import { createAppCertificate } from '#sandbox/directory/certificate';

const now = new Date('2026-11-22T10:00:00Z');
const inDays = (days: number) => new Date(now.getTime() + days * 24 * 60 * 60 * 1000);

test.each([
	[61, false],
	[60, true],
	[59, true],
	[1, true],
	[0, true],
	[-10, true],
])('a client secret that expires in %i days raises the hint: %s', (days, raises) => {
	const expiry = readExpiry({ clientSecretExpiresOn: inDays(days).toISOString() }, now)!;
	expect([expiry.what, expiry.daysLeft, expiresSoon(expiry)]).toEqual([
		'clientSecret',
		days,
		raises,
	]);
});

test.each([
	[61, false],
	[59, true],
])('a certificate that expires in %i days raises the hint: %s', async (days, raises) => {
	const { certificate } = await createAppCertificate('Contoso', inDays(-1), inDays(days));
	const expiry = readExpiry({ clientCredentialType: 'certificate', certificate }, now)!;
	expect([expiry.what, expiry.daysLeft, expiresSoon(expiry)]).toEqual([
		'certificate',
		days,
		raises,
	]);
});

test.each([
	['no date', {}],
	['an empty date', { clientSecretExpiresOn: '' }],
	['a date that is none', { clientSecretExpiresOn: 'next year' }],
	['a certificate that is none', { clientCredentialType: 'certificate', certificate: 'PEM?' }],
	[
		'a date of a secret beside a certificate',
		{
			clientCredentialType: 'certificate',
			clientSecretExpiresOn: '2026-11-23',
		},
	],
])('%s tells nothing', (_name, credential) => {
	expect(readExpiry(credential, now)).toBeUndefined();
});

test('the remedy goes to who can act', () => {
	const expiry = readExpiry({ clientSecretExpiresOn: '2026-11-23T10:00:00Z' }, now)!;
	expect(describeExpiry(expiry, 'customer')).toEqual({
		detail:
			'The client secret of the application expires in 1 day, on 2026-11-23. From then on, no email can be sent.',
		remedy: expect.stringContaining('app registration'),
	});
	expect(describeExpiry(expiry, 'roboMq').remedy).toContain("RoboMQ's operator");
});
