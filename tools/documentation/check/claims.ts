import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_FOLDER } from '../../kit/folders';
import { CLAIMS, type Claim } from '../claims';
import type { Fault, Page } from '../pages';

interface Source {
	file: string;
	text: string;
}

function readSources(): Source[] {
	return globSync('{nodes,credentials,test,tools,sandbox}/**/*.ts', {
		cwd: PACKAGE_FOLDER,
		exclude: (path) => /node_modules|^tools\/documentation$/.test(path),
	}).map((file) => ({ file, text: readFileSync(join(PACKAGE_FOLDER, file), 'utf8') }));
}

/** A statement that its page no longer makes, or for which the code no longer has the reason. */
export function checkClaims(pages: readonly Page[], sources: Source[] = readSources()): Fault[] {
	return pages.flatMap(({ path, text }) =>
		(CLAIMS[path] ?? []).flatMap((claim) => {
			const fault = (what: string) => [{ page: path, text: what }];
			if (!onOneLine(text).includes(claim.says)) return fault(`does not say: ${claim.says}`);
			return placeOf(claim, sources)
				? []
				: fault(`says "${claim.says}", and no code has: ${claim.because}`);
		}),
	);
}

/** Each statement with the file and line of its reason. */
export function listClaims(): string[] {
	const sources = readSources();
	return Object.entries(CLAIMS).flatMap(([page, claims]) =>
		claims.map((claim) => `${page}: ${claim.says}\n    ${placeOf(claim, sources) ?? '–'}`),
	);
}

function placeOf({ because }: Claim, sources: readonly Source[]): string | undefined {
	const found = sources.find(({ text }) => text.includes(because));
	if (!found) return undefined;
	const line = found.text.slice(0, found.text.indexOf(because)).split('\n').length;
	return `${found.file}:${line}`;
}

function onOneLine(text: string): string {
	return text.replace(/\s+/g, ' ');
}
