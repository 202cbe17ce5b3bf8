import { checkClaims } from '#tools/documentation/check/claims';
import { CLAIMS } from '#tools/documentation/claims';
import { page } from '../pages';

const everything = (path: string) => page(path, CLAIMS[path]!.map(({ says }) => says).join('\n'));
const reasons = Object.values(CLAIMS)
	.flat()
	.map(({ because }) => because)
	.join('\n');

it('passes where the page says it and the code has the reason', () => {
	const sources = [{ file: 'a.ts', text: reasons }];
	expect(checkClaims(Object.keys(CLAIMS).map(everything), sources)).toEqual([]);
});

it('names a statement that is gone from the page, and one without a reason in the code', () => {
	const [path, claims] = Object.entries(CLAIMS)[0]!;
	expect(checkClaims([page(path, '')], [{ file: 'a.ts', text: reasons }])).toHaveLength(
		claims.length,
	);
	expect(checkClaims([everything(path)], [{ file: 'a.ts', text: '' }])).toHaveLength(claims.length);
});
