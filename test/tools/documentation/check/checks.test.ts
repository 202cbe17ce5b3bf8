import { blocksToRun, checkBlocks, runBlock } from '#tools/documentation/check/blocks';
import { checkCodes } from '#tools/documentation/check/codes';
import { checkLinks } from '#tools/documentation/check/links';
import { faultsOf } from '#tools/documentation/check/linksFromCode';
import { checkPictures } from '#tools/documentation/check/pictures';
import { checkScripts } from '#tools/documentation/check/scripts';
import { page } from '../pages';

describe('links', () => {
	const designer = page('docs/designer.md', '# For the designer\n\n## Link your account\n');
	const exists = (path: string) => ['docs/designer.md', 'README.md', 'examples'].includes(path);
	const faults = (path: string, target: string) =>
		checkLinks([designer, page(path, `[x](${target})`)], exists).map(({ text }) => text);

	it.each([
		['README.md', 'docs/designer.md'],
		['README.md', 'docs/designer.md#link-your-account'],
		['README.md', 'examples'],
		['docs/a.md', 'designer.md#for-the-designer'],
		['docs/a.md', '../README.md'],
		['README.md', 'https://learn.microsoft.com/graph'],
		['README.md', 'mailto:support@robomq.io'],
	])('in %s, %s leads somewhere', (path, target) => {
		expect(faults(path, target)).toEqual([]);
	});

	it.each([
		['README.md', 'designer.md', 'there is no such file'],
		['README.md', 'docs/designer.md#link', 'there is no such heading'],
		['README.md', 'examples#x', 'an anchor in something that is no page'],
		['docs/a.md', '../../elsewhere.md', 'leads out of the project'],
		['README.md', 'http://learn.microsoft.com', 'a link to elsewhere begins with https'],
		['README.md', 'https://localhost', 'not a public host'],
	])('in %s, %s does not: %s', (path, target, reason) => {
		expect(faults(path, target)).toEqual([`${reason}: ${target}`]);
	});

	it('also those that stand in the code', () => {
		const url = 'https://github.com/robomq/n8n-nodes-robomq-outlook/blob/main/docs/designer.md';
		expect(faultsOf('a.ts', `'${url}#link-your-account'`, [designer])).toEqual([]);
		expect(faultsOf('a.ts', `'${url}#gone'`, [designer])).toHaveLength(1);
		expect(faultsOf('a.ts', `'${url.replace('designer', 'gone')}'`, [designer])).toHaveLength(1);
	});
});

it('names pictures that no page shows, that are not there, and that are large', () => {
	const raw = 'https://raw.githubusercontent.com/robomq/n8n-nodes-robomq-outlook/main';
	const pages = [
		page('README.md', `![a](${raw}/docs/images/a.png)\n\n![b](${raw}/docs/images/gone.png)`),
		page('docs/x.md', '![c](images/c.png)'),
	];
	const picture = (name: string, size = 1) => ({ path: `docs/images/${name}.png`, size });
	expect(checkPictures(pages, [picture('a'), picture('c', 300_000), picture('d')])).toEqual([
		{ page: 'README.md', line: 3, text: 'there is no picture docs/images/gone.png' },
		{ page: 'docs/images/d.png', text: 'no page shows it' },
		{ page: 'docs/images/c.png', text: 'has 293 KB' },
	]);
});

it('names scripts that are not there', () => {
	const text =
		'Run `npm run demo -- --once`, `npm run -s gone`,\nor `npm test`, `npm run docs:check`.';
	const scripts = { demo: '', 'docs:check': '' };
	expect(checkScripts([page('a.md', text)], scripts)).toEqual([
		{ page: 'a.md', line: 1, text: 'there is no script "gone"' },
		{ page: 'a.md', line: 2, text: 'there is no script "test"' },
	]);
});

it('names error codes that the code does not know', () => {
	const known = 'AADSTS7000222, `ErrorSendAsDenied`, ApplicationThrottled, AADSTS700027';
	expect(checkCodes([page('a.md', known)])).toEqual([]);
	const unknown = 'AADSTS123, `ErrorNoSuchThing`, MailboxConcurrencyThrottled';
	expect(checkCodes([page('a.md', unknown)])).toHaveLength(3);
});

describe('blocks of commands', () => {
	const block = (code: string, before = '') =>
		page('a.md', `${before}\n\n\`\`\`sh\n${code}\n\`\`\``);

	it('are run unless a remark gives the reason why not', () => {
		expect(blocksToRun([block('true')])).toHaveLength(1);
		expect(blocksToRun([block('true', '<!-- not run here: it needs a tenant -->')])).toEqual([]);
		expect(blocksToRun([block('true', '<!-- not run here: no -->')])).toHaveLength(1);
		expect(blocksToRun([block('true', '<!-- something else altogether -->')])).toHaveLength(1);
	});

	it.each([
		['true', false],
		['false\ntrue', true],
		['false | true', true],
		['echo "$nothing"', true],
	])('%j fails: %s', async (code, fails) => {
		const [first] = blocksToRun([block(code)]);
		expect((await runBlock(first!)) !== undefined).toBe(fails);
	});

	it('say their language, and JSON is JSON', () => {
		expect(checkBlocks([page('a.md', '```\na\n```')])).toHaveLength(1);
		expect(checkBlocks([page('a.md', '```json\n{ "a": }\n```')])).toHaveLength(1);
		expect(checkBlocks([page('a.md', '```json\n{ "a": 1 }\n```')])).toEqual([]);
	});
});
