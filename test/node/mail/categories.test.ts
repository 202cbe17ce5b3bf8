import { composed, refusalsOf } from './parameters';

describe('categories', () => {
	it.each<[unknown, string[]]>([
		['HR', ['HR']],
		['HR, Onboarding', ['HR', 'Onboarding']],
		['HR; Onboarding', ['HR', 'Onboarding']],
		[' HR ,, hr, Grüne Kategorie ,', ['HR', 'Grüne Kategorie']],
		[
			['HR', ' hr ', '', 'Neue Kollegin'],
			['HR', 'Neue Kollegin'],
		],
		['["HR", "Onboarding"]', ['HR', 'Onboarding']],
		[2026, ['2026']],
		['x'.repeat(255), ['x'.repeat(255)]],
	])('%j', (categories, expected) => {
		expect(composed({ options: { categories } }).message.categories).toEqual(expected);
	});

	it.each([[[]], [', ;'], [['', ' ']]])('%j are none', (categories) => {
		expect(composed({ options: { categories } }).message).not.toHaveProperty('categories');
	});

	it.each<[unknown, number, string, RegExp]>([
		[
			['HR', null],
			2,
			'nothing (null)',
			/^A category is a text, and this one is nothing \(null\)\.$/,
		],
		[{ name: 'HR' }, 1, 'an object', /^A category is a text/],
		[['a, b'], 1, 'a, b', /comma or semicolon/],
		[['a；b'], 1, 'a；b', /comma or semicolon/],
		['HR,two\nlines', 2, 'two lines', /line break/],
		['HR,\uD83C', 2, '\u{FFFD}', /cannot be shown/],
		[['ok', 'x'.repeat(256)], 2, `${'x'.repeat(59)}…`, /256 characters/],
	])('%j are refused', (categories, position, value, cause) => {
		expect(refusalsOf({ options: { categories } })).toEqual([
			expect.objectContaining({
				field: 'Categories',
				position,
				value,
				cause: expect.stringMatching(cause),
			}),
		]);
	});
});
