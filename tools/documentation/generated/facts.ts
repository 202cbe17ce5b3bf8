import { FACT_NAMES, FACTS, type Fact } from '#sandbox/facts';
import { smokeChecks } from '../../smoke/coverage';
import { citations } from '../citations';
import { code, type Table } from './table';

/** What the package rests on at Microsoft, how sure that is, and where the sandbox models it. */
export function factTable(): Table {
	const cited = citations();
	return {
		head: ['Fact', 'Source', 'How sure', 'In the sandbox'],
		rows: FACT_NAMES.map((name) => {
			const { says, source, certainty, notModelled }: Fact = FACTS[name];
			const files = [...new Set(cited.filter(({ fact }) => fact === name).map(({ path }) => path))];
			const modelled = files.map((path) => `[${path.replace(/^sandbox\//, '')}](../../${path})`);
			return [
				says,
				linked(source),
				certainty,
				notModelled === undefined ? modelled.join(', ') : `not modeled: ${notModelled}`,
			];
		}),
	};
}

/** What only Microsoft can settle, and by which check of `npm run smoke`. */
export function smokeTable(): Table {
	return {
		head: ['Fact', 'How sure', 'Tried by', 'Needs'],
		rows: [...smokeChecks()].map(([name, checks]) => [
			`${code(name)}: ${FACTS[name].says}`,
			FACTS[name].certainty,
			checks.map((check) => check.name).join('; '),
			[...new Set(checks.map(({ needs }) => needs))].join('; '),
		]),
	};
}

function linked(source: string): string {
	if (!source.startsWith('https:')) return source;
	return source.startsWith('https://learn.microsoft.com/')
		? `[Microsoft](${source})`
		: `[public report](${source})`;
}
