import type { Manifest } from '../manifest';

/** Beside what is compiled: all that a package shows on its page. */
const PAGES = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md'];

/** What n8n needs: compiled code, types for those who import it, icons, schemas, the codex file. */
const COMPILED = /^dist\/(?:[\w.-]+\/)*[\w.-]+(?:\.js|\.d\.ts|\.svg|\.node\.json)$/;
/** Where n8n looks for the shape of a node's output. */
const SCHEMA = /^dist\/nodes\/\w+\/__schema__\/v\d+\.\d+\.\d+\/(?:[\w-]+\/)?[\w-]+\.json$/;

const BUNDLED = 'node_modules/';
/** A run-time dependency is JavaScript; a program or library in binary form is unexpected. */
const BINARY = /\.(?:node|so|dll|dylib|exe)$/i;

/** What is missing in a tarball, or must not be in it; empty when it is as it should be. */
export function judgeContents(
	paths: readonly string[],
	{ n8n, dependencies }: Pick<Manifest, 'n8n' | 'dependencies'>,
): string[] {
	const bundled = paths.filter((path) => path.startsWith(BUNDLED));
	const own = paths.filter((path) => !path.startsWith(BUNDLED));
	const needed = [...PAGES, 'dist/index.js', ...n8n.nodes, ...n8n.credentials];
	return [
		...needed.filter((path) => !own.includes(path)).map((path) => `missing: ${path}`),
		...Object.keys(dependencies)
			.filter((name) => !bundled.includes(`${BUNDLED}${name}/package.json`))
			.map((name) => `not bundled: ${name}`),
		...own
			.filter((path) => ![COMPILED, SCHEMA].some((form) => form.test(path)))
			.filter((path) => !PAGES.includes(path))
			.map((path) => `does not belong there: ${path}`),
		...own.filter((path) => /\.test\.|\/test\//.test(path)).map((path) => `a test: ${path}`),
		...bundled.filter((path) => BINARY.test(path)).map((path) => `a binary: ${path}`),
	];
}
