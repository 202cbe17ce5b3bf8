import { requireDisk } from '#tools/n8n/install';

describe('free disk', () => {
	it('is enough for a single byte', async () => {
		await expect(requireDisk(1, 'for a test')).resolves.toBeUndefined();
	});

	it('is missed in one clear sentence', async () => {
		await expect(requireDisk(1024 ** 6, 'to install n8n')).rejects.toThrow(
			/^There is not enough disk space to install n8n: 1073741824\.0 GB are needed, [\d.]+ GB are free\.$/,
		);
	});
});
