import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { PACKAGE_FOLDER } from '../../kit/folders';
import type { Fault, Page } from '../pages';

/** Words that readers stumble over, and what to write instead. */
const BANNED: ReadonlyArray<[pattern: RegExp, instead: string]> = [
	[/(?<![\w./-])mails?\b(?![-.]\w)/, 'email'],
	[/\be-mails?\b/, 'email'],
	[/\bmend(?:s|ed|ing)?\b/i, 'fix'],
	[/\b(?:secret|token|certificate)s? (?:has |have )?end(?:s|ed)?\b/i, 'expires'],
	[/\bturn(?:s|ed)? (?:\w+ ){0,2}away\b|\btold off\b/i, 'throttled'],
	[/\bunder way\b/i, 'in progress, in flight'],
	[/\bstands? (?:in|at|on|below|above|beside|there|as)\b/i, 'is in, is at'],
	[/\b(?:puts|put|comes|come) out\b/i, 'outputs, returns'],
	[/\bkept back\b|\bheld back\b/i, 'delayed'],
	[/\bwhoever\b|\bwhom\b/i, 'the person who'],
	[/\b(?:does not|doesn.t|cannot|can.t) go\b/i, "can't be sent"],
	[/\blook in\b/i, 'check'],
	[/\bby way of\b/i, 'through, as'],
	[/\bfirst item decides\b/i, 'taken from the first item'],
	[/\bworth quoting\b/i, 'clear'],
	[/\bparcels?\b|\brooms?\b|\bhouses?\b|\bnewcomers?'? walks?\b/i, 'the plain term'],
	[/\bRoboMQ(?:.s)? app\b/, 'the RoboMQ application'],
	[/\bcustomer-owned app\b/i, 'customer-owned application'],
	[/\b(?:licence|behaviour|colour|organisation|recognise|cancelled)\b/i, 'American spelling'],
];

/** What Microsoft says, word for word. */
const MICROSOFTS_WORDS = ['sandbox/entra/scopes.ts', 'sandbox/graph/sender.ts'];

/** A word on a page, or in a text that the node, a credential, the sandbox or an example shows. */
export function checkWords(pages: readonly Page[]): Fault[] {
	const onPages = pages
		.filter(({ path }) => path !== 'CHANGELOG.md')
		.flatMap(({ path, text }) =>
			withoutCode(text).flatMap((content, index) => faultsIn(content, path, index + 1)),
		);
	return [...onPages, ...inPrograms(), ...inExamples()];
}

function faultsIn(text: string, page: string, line: number): Fault[] {
	return BANNED.flatMap(([pattern, instead]) => {
		const found = pattern.exec(text)?.[0];
		return found === undefined ? [] : [{ page, line, text: `"${found}": write ${instead}` }];
	});
}

/** The lines of a page; those of code blocks, inline code and link targets are empty. */
function withoutCode(text: string): string[] {
	let inBlock = false;
	return text.split('\n').map((line) => {
		const fence = /^\s*```/.test(line);
		if (fence) inBlock = !inBlock;
		if (fence || inBlock) return '';
		return line.replace(/`[^`]*`|<!--.*?-->/g, '').replace(/\]\([^)]*\)/g, ']');
	});
}

/** Every text in a program that has a space, which names and codes have not. */
function inPrograms(): Fault[] {
	const files = globSync('{nodes,credentials,sandbox}/**/*.ts', {
		cwd: PACKAGE_FOLDER,
		exclude: MICROSOFTS_WORDS,
	});
	return files.flatMap((file) => {
		const source = ts.createSourceFile(
			file,
			readFileSync(join(PACKAGE_FOLDER, file), 'utf8'),
			ts.ScriptTarget.Latest,
			true,
		);
		const faults: Fault[] = [];
		const visit = (part: ts.Node): void => {
			if (ts.isImportDeclaration(part) || ts.isExportDeclaration(part)) return;
			if (ts.isStringLiteralLike(part) || ts.isTemplateExpression(part)) {
				const text = part.getText().replace(/\$\{[^}]*\}|<[^>]*>/g, '…');
				const line = source.getLineAndCharacterOfPosition(part.getStart()).line + 1;
				if (text.includes(' ')) faults.push(...faultsIn(text, file, line));
			}
			ts.forEachChild(part, visit);
		};
		visit(source);
		return faults;
	});
}

function inExamples(): Fault[] {
	return globSync('examples/*.json', { cwd: PACKAGE_FOLDER }).flatMap((file) =>
		readFileSync(join(PACKAGE_FOLDER, file), 'utf8')
			.split('\n')
			.flatMap((content, index) => faultsIn(content, file, index + 1)),
	);
}
