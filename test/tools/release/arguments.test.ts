import { resolve } from 'node:path';
import { readArguments } from '#tools/release/arguments';

const HASH = 'a'.repeat(64);
const read = (...given: string[]) => readArguments(given, ['lint', 'pack']);

describe('the arguments of a release', () => {
	it('name a tarball and its hash', () => {
		expect(read('--tarball', 'a.tgz', '--sha256', HASH)).toMatchObject({
			tarball: resolve('a.tgz'),
			sha256: HASH,
		});
	});

	it.each([
		['a tarball without its hash', ['--tarball', 'a.tgz']],
		['half a hash', ['--tarball', 'a.tgz', '--sha256', 'aa']],
		['a step left out of a release', ['--without', 'lint']],
		['a step that does not exist', ['--dry-run', '--without', 'polish']],
		['an unknown argument', ['--force']],
	])('refuse %s', (_what, given) => {
		expect(() => read(...given)).toThrow();
	});
});
