import { checkFacts, citations, citedIn } from '#tools/documentation/citations';

it.each([
	['/** @cites uploadHost */', ['uploadHost']],
	[' * In two forms. @cites uploadCasing, uploadHost', ['uploadCasing', 'uploadHost']],
	['// nothing', []],
])('%s cites %j', (line, names) => {
	expect(citedIn(line)).toEqual(names);
});

it('finds nothing the matter with the sandbox', () => {
	expect(checkFacts()).toEqual([]);
});

it.each([
	['a citation of nothing', [{ fact: 'nonsense', path: 'sandbox/x.ts', line: 3 }], /cites no fact/],
	[
		'a fact that says that it is not modeled',
		[{ fact: 'deferredTwice', path: 'sandbox/x.ts', line: 1 }],
		/deferredTwice is modeled after all/,
	],
])('objects to %s', (_name, more, fault) => {
	expect(checkFacts([...citations(), ...more]).map(({ text }) => text)).toEqual([
		expect.stringMatching(fault),
	]);
});

it('objects to a fact that no code cites', () => {
	const others = citations().filter(({ fact }) => fact !== 'uploadCasing');
	expect(checkFacts(others).map(({ text }) => text)).toEqual([
		'uploadCasing is cited by no code of the sandbox',
	]);
});
