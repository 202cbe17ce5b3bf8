import { withPart } from '#tools/bench/page';

const PAGE = `# How fast it is

<!-- measured: first -->

old

<!-- end of measured -->

Between.

<!-- measured: second -->

also old

<!-- end of measured -->
`;

test('a bench writes its own part of the page and leaves the rest', () => {
	expect(withPart(PAGE, 'second', 'new\n')).toBe(PAGE.replace('also old', 'new'));
	expect(withPart(PAGE, 'first', 'new')).toBe(PAGE.replace('\nold\n', '\nnew\n'));
});

test('a page without the part is left alone', () => {
	expect(() => withPart(PAGE, 'third', 'new')).toThrow('The page has no part "third"');
});
