import { judgeVersion } from '#tools/release/steps/changelog';

const RELEASED = `# Changelog

## [Unreleased]

## [1.2.0] - 2027-01-31

### Added

- One thing.
- Another thing.

## [1.1.0] - 2026-12-01

- Something old.
`;
const UNRELEASED = '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- One thing.\n';

describe('the version that goes out', () => {
	it.each([
		['agrees with tag and changelog', '1.2.0', 'v1.2.0', RELEASED, 'ok'],
		['needs no tag before there is one', '1.2.0', undefined, RELEASED, 'ok'],
		['is the one of the tag', '1.2.0', 'v1.3.0', RELEASED, 'failed'],
		['is a tag with a v', '1.2.0', '1.2.0', RELEASED, 'failed'],
		['may still stand under Unreleased in a dry run', '1.3.0', undefined, UNRELEASED, 'warning'],
		['has something to tell', '1.3.0', undefined, RELEASED, 'failed'],
		['is semantic', '1.3', undefined, UNRELEASED, 'failed'],
		['has a date', '1.2.0', undefined, RELEASED.replace(' - 2027-01-31', ''), 'failed'],
		['is not empty', '1.2.0', undefined, '## [1.2.0] - 2027-01-31\n\n## [1.1.0]\n- Old.', 'failed'],
	])('%s', (_claim, version, tag, changelog, state) => {
		expect(judgeVersion({ version, tag, changelog }).state).toBe(state);
	});

	it('counts only the entries of its own section', () => {
		const { detail } = judgeVersion({ version: '1.2.0', tag: undefined, changelog: RELEASED });
		expect(detail).toBe('1.2.0 of 2027-01-31, 2 entries');
	});
});
