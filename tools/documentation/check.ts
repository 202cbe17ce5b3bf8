import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Checklist } from '../kit/checklist';
import { readOptions, runCommand } from '../kit/commandLine';
import { PACKAGE_FOLDER } from '../kit/folders';
import { Obstacle } from '../kit/obstacle';
import { built } from './built';
import { checkFacts } from './citations';
import { blocksToRun, checkBlocks, runBlock } from './check/blocks';
import { checkClaims, listClaims } from './check/claims';
import { checkCodes } from './check/codes';
import { checkFiles } from './check/files';
import { checkLinks } from './check/links';
import { checkLinksFromCode } from './check/linksFromCode';
import { checkPictures, readPictures } from './check/pictures';
import { checkScriptLines, checkScripts } from './check/scripts';
import { checkWords } from './check/words';
import { staleOutputSchemas } from './outputSchemas';
import { readPages, type Fault, type Page } from './pages';

/** What the pages say is there, and what they tell to run runs. */
async function check(): Promise<Checklist> {
	const pages = await readPages();
	const { scripts } = JSON.parse(await readFile(join(PACKAGE_FOLDER, 'package.json'), 'utf8')) as {
		scripts: Record<string, string>;
	};
	const links = pages.reduce((sum, page) => sum + page.links.length, 0);
	const list = new Checklist();
	const checks: Array<[claim: string, faults: Fault[]]> = [
		[`${links} links lead somewhere`, checkLinks(pages)],
		['the links in node and credentials lead somewhere', await checkLinksFromCode(pages)],
		['every picture is shown, and none is large', checkPictures(pages, await readPictures())],
		['every npm script that is named is there', checkScripts(pages, scripts)],
		['every file that CONTRIBUTING names is there', checkFiles(pages)],
		['every script has a line in CONTRIBUTING', checkScriptLines(pages, scripts)],
		['every error code that is named is one of the code’s tables', checkCodes(pages)],
		[
			'every fact about Microsoft is cited by the sandbox, and tried by the smoke run',
			checkFacts(),
		],
		['the generated parts are fresh (npm run docs:build)', await stalePages(pages)],
		['n8n’s schemas of the output are fresh (npm run docs:build)', await staleSchemas()],
		['every block of code says its language, and JSON is JSON', checkBlocks(pages)],
		['the code has the reason for every statement that is listed', checkClaims(pages)],
		['pages and texts use plain words (CONTRIBUTING)', checkWords(pages)],
	];
	for (const [claim, faults] of checks) await list.check(claim, () => requireNone(faults));
	for (const command of blocksToRun(pages)) {
		const { page, block } = command;
		await list.check(`runs: ${page}:${block.line}`, async () => {
			const fault = await runBlock(command);
			requireNone(fault ? [fault] : []);
		});
	}
	return list;
}

async function stalePages(pages: readonly Page[]): Promise<Fault[]> {
	const faults = await Promise.all(
		pages.map(async (page) =>
			(await built(page)) === page.text ? [] : [{ page: page.path, text: 'not fresh' }],
		),
	);
	return faults.flat();
}

async function staleSchemas(): Promise<Fault[]> {
	return (await staleOutputSchemas()).map(({ path }) => ({ page: path, text: 'not fresh' }));
}

function requireNone(faults: readonly Fault[]): void {
	if (faults.length === 0) return;
	throw new Obstacle(
		faults
			.map(({ page, line, text }) => `${page}${line === undefined ? '' : `:${line}`} ${text}`)
			.join('\n'),
	);
}

const USAGE = `npm run docs:check

Checks what the pages say against the code, and runs the commands in them.

  --claims    also prints where the code has the reason for each statement that is listed
  --help      this text`;

void runCommand({
	name: 'The check of the pages',
	usage: USAGE,
	readArguments: (given) =>
		readOptions(given, USAGE, { claims: { type: 'boolean', default: false } }),
	run: async ({ claims }) => {
		if (claims) process.stdout.write(`${listClaims().join('\n')}\n`);
		return await check();
	},
});
