import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FACT_NAMES, FACTS, type Fact, type FactName } from '#sandbox/facts';
import { PACKAGE_FOLDER } from '../kit/folders';
import { untriedFacts } from '../smoke/coverage';
import type { Fault } from './pages';

export interface Citation {
	fact: string;
	/** From the project's folder, with slashes. */
	path: string;
	line: number;
}

/** Where code of the sandbox says which fact it models: `@cites uploadCasing, uploadHost`. */
export function citations(): Citation[] {
	return readdirSync(join(PACKAGE_FOLDER, 'sandbox'), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts') && name !== 'facts.ts')
		.map((name) => `sandbox/${name.replaceAll('\\', '/')}`)
		.sort()
		.flatMap((path) =>
			readFileSync(join(PACKAGE_FOLDER, path), 'utf8')
				.split('\n')
				.flatMap((text, index) => citedIn(text).map((fact) => ({ fact, path, line: index + 1 }))),
		);
}

/** @returns the names that a line cites */
export function citedIn(line: string): string[] {
	const [, names] = /@cites (\w+(?:, \w+)*)/.exec(line) ?? [];
	return names?.split(', ') ?? [];
}

/** Every fact is modeled or says why not, every citation names a fact, and the smoke run tries what is uncertain. */
export function checkFacts(cited: readonly Citation[] = citations()): Fault[] {
	const isCited = (name: FactName) => cited.some(({ fact }) => fact === name);
	const page = 'sandbox/facts.ts';
	return [
		...cited
			.filter(({ fact }) => !Object.hasOwn(FACTS, fact))
			.map(({ fact, path, line }) => ({ page: path, line, text: `cites no fact: ${fact}` })),
		...FACT_NAMES.flatMap((name) => {
			const { notModelled }: Fact = FACTS[name];
			const isModelled = isCited(name);
			if (isModelled === (notModelled === undefined)) return [];
			const text = isModelled ? 'is modeled after all' : 'is cited by no code of the sandbox';
			return [{ page, text: `${name} ${text}` }];
		}),
		...untriedFacts().map((name) => ({ page, text: `npm run smoke does not try ${name}` })),
	];
}
