import { judgeBranch } from '#tools/release/steps/onMain';

it.each([
	['on main', true, 'ok'],
	['not on main', false, 'failed'],
	['in a clone without main, which stops a release', undefined, 'warning'],
] as const)('a commit %s', (_where, isOnMain, state) => {
	expect(judgeBranch(isOnMain).state).toBe(state);
});
