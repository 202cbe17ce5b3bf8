import type { Fault, Page } from '../pages';

/** Every `npm run …` and `npm test` of the pages is a script of package.json. */
export function checkScripts(
	pages: readonly Page[],
	scripts: Readonly<Record<string, string>>,
): Fault[] {
	return pages.flatMap(({ path, text }) =>
		text.split('\n').flatMap((content, index) =>
			[...content.matchAll(/\bnpm (?:run (?:-s |--silent )?([\w:-]+)|(test)\b)/g)]
				.map(([, run, short]) => run ?? short ?? '')
				.filter((name) => !Object.hasOwn(scripts, name))
				.map((name) => ({ page: path, line: index + 1, text: `there is no script "${name}"` })),
		),
	);
}

/** CONTRIBUTING has a row for each script of package.json. */
export function checkScriptLines(
	pages: readonly Page[],
	scripts: Readonly<Record<string, string>>,
): Fault[] {
	const contributing = pages.find(({ path }) => path === 'CONTRIBUTING.md');
	const rows = new Set(
		[...(contributing?.text ?? '').matchAll(/^\| `npm (?:run )?([\w:-]+)`/gm)].map(
			([, name]) => name,
		),
	);
	return Object.keys(scripts)
		.filter((name) => !rows.has(name))
		.map((name) => ({ page: 'CONTRIBUTING.md', text: `no line tells of the script "${name}"` }));
}
