import type { Manifest } from '../manifest';

/** Beside what is compiled: all that a package shows on its page. */
const PAGES = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md'];

/** What n8n needs: compiled code, types for those who import it, icons, the codex file. */
const COMPILED = /^dist\/(?:[\w.-]+\/)*[\w.-]+(?:\.js|\.d\.ts|\.svg|\.node\.json)$/;

/** What is missing in a tarball, or has no business there; empty when it is as it should be. */
export function judgeContents(paths: readonly string[], { n8n }: Pick<Manifest, 'n8n'>): string[] {
	const needed = [...PAGES, 'dist/index.js', ...n8n.nodes, ...n8n.credentials];
	return [
		...needed.filter((path) => !paths.includes(path)).map((path) => `missing: ${path}`),
		...paths
			.filter((path) => !PAGES.includes(path) && !COMPILED.test(path))
			.map((path) => `does not belong there: ${path}`),
		...paths.filter((path) => /\.test\.|\/test\//.test(path)).map((path) => `a test: ${path}`),
	];
}
