import fc from 'fast-check';
import { safeHtml } from '#node/ask/safeHtml';
import { renderMarkdown } from '#node/mail/markdown';
import { REPEAT, SEED } from './seed';

/** What Markdown, HTML and attacks on both are made of. */
const piece = fc.oneof(
	{
		weight: 8,
		arbitrary: fc.constantFrom(
			...['<', '>', '"', "'", '&', '`', '*', '_', '~~', '[', ']', '(', ')', '!', '|', '#', '-'],
			...['\n', '\n\n', '    ', '\t', '> ', '- ', '1. ', '- [x] ', '| a | b |\n|---|---|\n', '```'],
			...['\\', '&#', '&#x6a;', '&colon;', '&Tab;', '%0a', '\u0000', '\u200b', '\u2028'],
			...['javascript:alert(1)', 'JaVaScRiPt:', 'data:text/html,<script>', 'vbscript:', 'file:///'],
			...['https://evil.example/', 'http://a', 'mailto:a@b.example', 'tel:1', 'cid:logo', '//evil'],
			...['<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '<svg/onload=alert(1)>'],
			...[
				'<a href="',
				'</a>',
				'<style>',
				'</style>',
				'<!--',
				'-->',
				'<![CDATA[',
				']]>',
				'<?',
				'?>',
			],
			...['onclick=', 'style="', 'javascript&colon;', '<base href=//evil>', '<form action=//evil>'],
			...['<iframe', '</', '/>', '<a\nhref=', 'x', 'text ', 'a@b.example', 'www.evil.example'],
			...['[a](', '![a](', '[a]: ', '<https://a.example>', '<javascript:alert(1)>', ' "title"'],
		),
	},
	{ weight: 1, arbitrary: fc.string({ maxLength: 5, unit: 'binary' }) },
);
const text = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''));

const TAGS =
	'a blockquote br code div em h1 h2 h3 h4 h5 h6 hr img li ol p pre s strong table tbody td th thead tr ul'.split(
		' ',
	);
const MORE_ON_THE_PAGE = 'b dd dl dt i small span sub sup u'.split(' ');

/** Every tag as a browser would find it, with its attributes. */
function tagsOf(html: string): Array<{ name: string; attributes: Array<[string, string]> }> {
	return [...html.matchAll(/<\/?([^\s/>]+)((?:"[^"]*"|'[^']*'|[^>"'])*)>?/g)].map(
		([, name = '', rest = '']) => ({
			name: name.toLowerCase(),
			attributes: [...rest.matchAll(/([^\s"'=/]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?/g)].map(
				([, key = '', value = '']) => [key.toLowerCase(), value.replace(/^["']|["']$/g, '')],
			),
		}),
	);
}

function decode(value: string): string {
	return value
		.replace(/&amp;/g, '&')
		.replace(/&quot;/g, '"')
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>');
}

function checkHtml(
	html: string,
	names: readonly string[],
	attributesOfTag: Record<string, string[]>,
) {
	for (const { name, attributes } of tagsOf(html)) {
		expect(names).toContain(name);
		for (const [key, value] of attributes) {
			expect([...(attributesOfTag[name] ?? []), ...(attributesOfTag['*'] ?? [])]).toContain(key);
			if (key === 'href') expect(decode(value)).toMatch(/^(?:https?:\/\/|mailto:|tel:)[^\s<>]/i);
			if (key === 'src') expect(decode(value)).toMatch(/^cid:/i);
			if (key === 'style') expect(value).not.toMatch(/url|expression|import|@/i);
		}
	}
}

const parameters = { seed: SEED, numRuns: 1_500, interruptAfterTimeLimit: 30_000 };

test(`Markdown gives only the tags, links and images that an email may have (${REPEAT})`, () => {
	fc.assert(
		fc.property(text, (markdown) => {
			checkHtml(renderMarkdown(markdown).html, TAGS, {
				a: ['href', 'title'],
				img: ['src', 'alt', 'title'],
				ol: ['start'],
				table: ['border', 'cellpadding', 'cellspacing'],
				td: ['align'],
				th: ['align'],
				'*': ['style'],
			});
		}),
		parameters,
	);
});

test(`the page of a question shows only tags that load and run nothing (${REPEAT})`, () => {
	fc.assert(
		fc.property(text, (html) => {
			const names = [...TAGS.filter((name) => name !== 'img'), ...MORE_ON_THE_PAGE];
			checkHtml(safeHtml(html), names, { a: ['href', 'rel', 'target'] });
		}),
		parameters,
	);
});

test.each([
	'[',
	'![',
	'*',
	'_',
	'`',
	'>',
	'- ',
	'<',
	'<a',
	'<a href="',
	'|',
	'~~',
	'(',
	'&',
	'&#',
	'\\',
	'a@',
	'http://a',
	'[a](',
	'"',
	"'",
	'</',
	'<!--',
	'**a',
	'* a\n',
	'> - ',
])(
	'a body of 20,000 characters of %s takes a moment',
	(unit) => {
		const body = unit.repeat(20_000 / unit.length);
		const begun = process.cpuUsage();
		renderMarkdown(body);
		safeHtml(body);
		const { user } = process.cpuUsage(begun);
		expect(user / 1_000).toBeLessThan(1_500);
	},
	60_000,
);
