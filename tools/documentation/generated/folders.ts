import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { PACKAGE_FOLDER } from '../../kit/folders';

const NODE = 'nodes/SendOutlookMail';

const IMPORT = /(?:\bfrom\s*|\bimport\s*\(\s*|\brequire\s*\(\s*)'(\.[^']+)'/g;

/** Which folder of the node imports from which, types included, as the code has it today. */
export function folderImports(): Map<string, Set<string>> {
	const imports = new Map<string, Set<string>>();
	const files = ['credentials', NODE].flatMap((root) =>
		readdirSync(join(PACKAGE_FOLDER, root), { recursive: true, encoding: 'utf8' })
			.filter((name) => name.endsWith('.ts'))
			.map((name) => posix.join(root, name.replaceAll('\\', '/'))),
	);
	for (const file of files) {
		const from = folderOf(file);
		for (const [, path = ''] of readFileSync(join(PACKAGE_FOLDER, file), 'utf8').matchAll(IMPORT)) {
			const to = folderOf(posix.join(posix.dirname(file), path));
			if (to === from) continue;
			imports.set(from, (imports.get(from) ?? new Set()).add(to));
		}
	}
	return imports;
}

/** The node file counts as a folder of its own. */
function folderOf(path: string): string {
	const [first = '', second = ''] = posix.relative(NODE, path).split('/');
	if (first === '..') return 'credentials';
	return second === '' ? 'SendOutlookMail.node.ts' : first;
}

/** An arrow that other arrows lead to as well is left out, or nobody could follow the picture. */
export function foldersPicture(imports = folderImports()): string {
	const arrows = [...imports].flatMap(([from, targets]) =>
		[...targets]
			.filter((to) => ![...targets].some((other) => other !== to && leadsTo(other, to, imports)))
			.map((to) => `\t${quoted(from)} --> ${quoted(to)}`),
	);
	return ['```mermaid', 'flowchart TD', ...arrows.sort(), '```'].join('\n');
}

function quoted(folder: string): string {
	return folder.includes('.') ? `node["${folder}"]` : folder;
}

function leadsTo(from: string, to: string, imports: ReadonlyMap<string, Set<string>>): boolean {
	const seen = new Set<string>();
	const queue = [from];
	for (const folder of queue) {
		for (const next of imports.get(folder) ?? []) {
			if (next === to) return true;
			if (!seen.has(next)) queue.push(next);
			seen.add(next);
		}
	}
	return false;
}
