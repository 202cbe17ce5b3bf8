import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';

/** `import-x/no-cycle` passes over imports of types; here they count, like every other one. */
const IMPORT = /(?:\bfrom\s*|\bimport\s*\(\s*|\brequire\s*\(\s*)'(\.[^']+)'/g;

/** What each file imports; read once for a run of ESLint. */
const importsOf = new Map();

function importsFrom(file) {
	const known = importsOf.get(file);
	if (known) return known;
	const imports = [...readFileSync(file, 'utf8').matchAll(IMPORT)]
		.map(([, path]) => `${resolve(dirname(file), path)}.ts`)
		.filter(existsSync);
	importsOf.set(file, imports);
	return imports;
}

/** The shortest way from a file back to itself; undefined when there is none. */
function cycleOf(file) {
	const cameFrom = new Map();
	const queue = [file];
	for (const at of queue) {
		for (const next of importsFrom(at)) {
			if (next === file) {
				const way = [file];
				for (let step = at; step !== file; step = cameFrom.get(step)) way.unshift(step);
				return [file, ...way];
			}
			if (cameFrom.has(next)) continue;
			cameFrom.set(next, at);
			queue.push(next);
		}
	}
	return undefined;
}

/** @type {import('eslint').Rule.RuleModule} */
export const noImportCycle = {
	meta: {
		type: 'problem',
		schema: [],
		messages: { cycle: 'This file imports itself: {{way}}' },
	},
	create(context) {
		return {
			Program(node) {
				const cycle = cycleOf(context.filename);
				if (!cycle) return;
				const way = cycle.map((file) => relative(context.cwd, file)).join(' → ');
				context.report({ node, messageId: 'cycle', data: { way } });
			},
		};
	},
};
