import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGE_FOLDER } from '../kit/folders';
import { built } from './built';
import { blocksToRun, checkBlocks, runBlock } from './check/blocks';
import { checkCodes } from './check/codes';
import { checkLinks } from './check/links';
import { checkLinksFromCode } from './check/linksFromCode';
import { checkScripts } from './check/scripts';
import { checkWords } from './check/words';
import { readPages, type Fault, type Page } from './pages';

/** `npm run docs:check`: what the pages say is there, and what they tell to run runs. */
async function main(): Promise<void> {
	const pages = await readPages();
	const { scripts } = JSON.parse(await readFile(join(PACKAGE_FOLDER, 'package.json'), 'utf8')) as {
		scripts: Record<string, string>;
	};
	const commands = blocksToRun(pages);
	const links = pages.reduce((sum, page) => sum + page.links.length, 0);
	const checks: Array<[claim: string, faults: Fault[]]> = [
		[`${links} links lead somewhere`, checkLinks(pages)],
		['the links in node and credentials lead somewhere', await checkLinksFromCode(pages)],
		['every npm script that is named is there', checkScripts(pages, scripts)],
		['every error code that is named is one of the code’s tables', checkCodes(pages)],
		['the generated parts are fresh (npm run docs:build)', await stalePages(pages)],
		['every block of code says its language, and JSON is JSON', checkBlocks(pages)],
		['pages and texts use plain words (CONTRIBUTING)', checkWords(pages)],
	];
	for (const command of commands) {
		const { page, block } = command;
		const fault = await runBlock(command);
		checks.push([`runs: ${page}:${block.line}`, fault ? [fault] : []]);
	}
	for (const [claim, faults] of checks) report(claim, faults);
	const failed = checks.filter(([, faults]) => faults.length > 0).length;
	process.stdout.write(`\n${checks.length - failed} passed, ${failed} failed\n`);
	process.exitCode = failed === 0 ? 0 : 1;
}

async function stalePages(pages: readonly Page[]): Promise<Fault[]> {
	const faults = await Promise.all(
		pages.map(async (page) =>
			(await built(page)) === page.text ? [] : [{ page: page.path, text: 'not fresh' }],
		),
	);
	return faults.flat();
}

function report(claim: string, faults: readonly Fault[]): void {
	process.stdout.write(`${faults.length === 0 ? 'ok' : 'not ok'} ${claim}\n`);
	for (const { page, line, text } of faults)
		process.stdout.write(`    ${page}${line === undefined ? '' : `:${line}`} ${text}\n`);
}

void main();
