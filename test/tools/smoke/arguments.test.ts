import { readArguments } from '#tools/smoke/arguments';

const NEEDED = ['--to', 'jane@contoso.com', '--client-id', 'abc'];

describe('the arguments of npm run smoke', () => {
	it('are few', async () => {
		await expect(readArguments(NEEDED)).resolves.toMatchObject({
			to: 'jane@contoso.com',
			tenant: { cloudInstance: 'global', tenantId: '', clientId: 'abc', permissions: [] },
			certificate: undefined,
		});
	});

	it.each([
		[['--client-id', 'abc'], '--to is missing.'],
		[['--to', 'jane@contoso.com'], '--client-id is missing.'],
		[[...NEEDED, '--permissions', 'Mail.Read'], '--permissions takes'],
		[[...NEEDED, '--certificate', 'a.pem'], '--certificate and --private-key go together.'],
		[[...NEEDED, '--client-secret', 'x'], "Unknown option '--client-secret'"],
	])('%j are refused', async (given, reason) => {
		await expect(readArguments(given)).rejects.toThrow(reason);
	});

	it('are none for a rehearsal', async () => {
		await expect(readArguments(['--rehearse'])).resolves.toMatchObject({ rehearse: true });
	});
});
