import * as fc from 'fast-check';

import { renderMarkdown } from '#node/mail/markdown';
import { composed, refusalsOf, warningsOf } from './parameters';

/** The rendered fragment without its styles and its outer element, on one line. */
function render(markdown: string): string {
	return renderMarkdown(markdown)
		.html.replace(/^<div style="[^"]*">\n([^]*)\n<\/div>$/, '$1')
		.replace(/ style="[^"]*"/g, '')
		.replace(/\n/g, '');
}

describe('Markdown becomes HTML', () => {
	it.each<[name: string, markdown: string, html: string]>([
		['a paragraph', 'Hello Jane', '<p>Hello Jane</p>'],
		['line breaks', 'Hello\nJane\r\nDoe', '<p>Hello<br>Jane<br>Doe</p>'],
		['paragraphs', 'One\n\nTwo', '<p>One</p><p>Two</p>'],
		[
			'bold and italic',
			'**a** *b* __c__ _d_',
			'<p><strong>a</strong> <em>b</em> <strong>c</strong> <em>d</em></p>',
		],
		['strikethrough', '~~gone~~', '<p><s>gone</s></p>'],
		['headings', '# One\n### Three', '<h1>One</h1><h3>Three</h3>'],
		['a list', '- a\n- b', '<ul><li>a</li><li>b</li></ul>'],
		['a list right after a line', 'Bring:\n- a\n- b', '<p>Bring:</p><ul><li>a</li><li>b</li></ul>'],
		['a nested list', '- a\n  - b', '<ul><li>a<ul><li>b</li></ul></li></ul>'],
		['a numbered list', '1. a\n2. b', '<ol><li>a</li><li>b</li></ol>'],
		['a numbered list from 3', '3. a', '<ol start="3"><li>a</li></ol>'],
		['a task list', '- [ ] a\n- [x] b\n- [X] c', '<ul><li>☐ a</li><li>☑ b</li><li>☑ c</li></ul>'],
		['no task in the middle', '- a [x] b', '<ul><li>a [x] b</li></ul>'],
		['a quote', '> a\n> b', '<blockquote><p>a<br>b</p></blockquote>'],
		['a rule', 'a\n\n---\n\nb', '<p>a</p><hr><p>b</p>'],
		['code', 'a `<b>` c', '<p>a <code>&lt;b&gt;</code> c</p>'],
		['a code block', '```js\n<b>\n```', '<pre><code>&lt;b&gt;</code></pre>'],
		[
			'a table',
			'| a | b |\n|---|--:|\n| 1 | 2 |',
			'<table border="1" cellpadding="6" cellspacing="0"><thead><tr><th>a</th><th align="right">b</th></tr></thead><tbody><tr><td>1</td><td align="right">2</td></tr></tbody></table>',
		],
		[
			'a table without a head',
			'| | |\n|---|---|\n| a | b |',
			'<table border="1" cellpadding="6" cellspacing="0"><tbody><tr><td>a</td><td>b</td></tr></tbody></table>',
		],
		[
			'a link',
			'[a](https://x.example/?q=1&r="2")',
			'<p><a href="https://x.example/?q=1&amp;r=%222%22">a</a></p>',
		],
		[
			'a link with a title',
			'[a](https://x.example "t<")',
			'<p><a href="https://x.example" title="t&lt;">a</a></p>',
		],
		[
			'mailto',
			'[a](mailto:j@x.example?subject=Hi)',
			'<p><a href="mailto:j@x.example?subject=Hi">a</a></p>',
		],
		['tel', '[a](tel:+4989123)', '<p><a href="tel:+4989123">a</a></p>'],
		[
			'a bare link',
			'See https://x.example.',
			'<p>See <a href="https://x.example">https://x.example</a>.</p>',
		],
		[
			'a bare address',
			'Ask hr@x.example',
			'<p>Ask <a href="mailto:hr@x.example">hr@x.example</a></p>',
		],
		['an image of the email', '![Logo](cid:logo)', '<p><img src="cid:logo" alt="Logo"></p>'],
		[
			'an image with a space',
			'![](<cid:my logo.png>)',
			'<p><img src="cid:my%20logo.png" alt=""></p>',
		],
		[
			'a linked image',
			'[![Logo](cid:logo)](https://x.example)',
			'<p><a href="https://x.example"><img src="cid:logo" alt="Logo"></a></p>',
		],
		[
			'an image from elsewhere, as a link',
			'![Map](https://x.example/map.png)',
			'<p><a href="https://x.example/map.png">Map</a></p>',
		],
		[
			'one without a text',
			'![](http://x.example/p.gif)',
			'<p><a href="http://x.example/p.gif">http://x.example/p.gif</a></p>',
		],
		[
			'one within a link',
			'[![a](https://evil.example/p.gif)](https://x.example)',
			'<p><a href="https://x.example">a</a></p>',
		],
		[
			'a link to a file of the email, as text',
			'[a](cid:logo) [b](https://x.example)',
			'<p>a <a href="https://x.example">b</a></p>',
		],
		['a link to nowhere, as text', '[a]() ![b]() ![]()', '<p>a b </p>'],
		['nothing', ' \n\n ', ''],
	])('%s', (_, markdown, html) => {
		expect(render(markdown)).toBe(html);
	});

	it.each([
		'[a](javascript:alert(1))',
		'[a](JaVaScRiPt:alert(1))',
		'[a](javascript&#58;alert(1))',
		'[a](&#x6A;avascript:alert(1))',
		'[a](data:text/html;base64,PHNjcmlwdD4=)',
		'![a](data:image/png;base64,AAAA)',
		'![a](data:image/svg+xml,x)',
		'[a](vbscript:x)',
		'[a](file:///etc/passwd)',
		'[a](//evil.example)',
		'[a](/relative)',
		'[a](#anchor)',
		'[a](x.example)',
		'[a](https:evil.example)',
		'<javascript:alert(1)>',
		'[a](ftp://x.example)',
	])('%s is no link, and a warning says so', (markdown) => {
		expect(render(markdown)).not.toMatch(/<(?:a|img)\b/);
		expect(warningsOf({ bodyType: 'markdown', body: markdown })).toEqual([
			expect.stringContaining('a link or an image that stays text'),
		]);
	});

	it.each([
		'<b>bold</b>',
		'<script>alert(1)</script>',
		'<img src=x onerror=alert(1)>',
		'<a href="javascript:alert(1)">x</a>',
		'<!-- comment -->',
		'<style>p{}</style>',
		'&lt;script&gt;',
		'<svg/onload=alert(1)>',
	])('%s is text', (markdown) => {
		expect(render(markdown)).not.toMatch(/<(?!\/?(?:p|br)>)/);
	});
});

/** What a value means when it holds characters of Markdown: `Hello {{ $json.name }},`. */
describe('a value of the data', () => {
	it.each<[value: string, html: string]>([
		["O'Brien & Sons <HR>", "<p>O'Brien &amp; Sons &lt;HR&gt;,</p>"],
		['employee_id_number', '<p>employee_id_number,</p>'],
		['2 * 3 * 4', '<p>2 * 3 * 4,</p>'],
		['5 > 3', '<p>5 &gt; 3,</p>'],
		['C# and F#', '<p>C# and F#,</p>'],
		['#4711', '<p>#4711,</p>'],
		['1.5', '<p>1.5,</p>'],
		['a | b', '<p>a | b,</p>'],
		['[HR] Jane', '<p>[HR] Jane,</p>'],
		['[x]', '<p>[x],</p>'],
		['$100 + 5%', '<p>$100 + 5%,</p>'],
		['C:\\Users\\jane', '<p>C:\\Users\\jane,</p>'],
		['~5', '<p>~5,</p>'],
		['a!', '<p>a!,</p>'],
		['R&D', '<p>R&amp;D,</p>'],
		['{{ x }}', '<p>{{ x }},</p>'],
		// These do mean something; the text stays, the characters go.
		['*Jane*', '<p><em>Jane</em>,</p>'],
		['__init__', '<p><strong>init</strong>,</p>'],
		['`x`', '<p><code>x</code>,</p>'],
		['\\*', '<p>*,</p>'],
		['&amp;', '<p>&amp;,</p>'],
		['[Pay](https://evil.example)', '<p><a href="https://evil.example">Pay</a>,</p>'],
		['![x](https://evil.example/p.gif)', '<p><a href="https://evil.example/p.gif">x</a>,</p>'],
	])('%s', (value, html) => {
		expect(render(`${value},`)).toBe(html);
	});

	it.each<[what: string, markdown: string, html: string]>([
		['at the start of a line: #', '# 4711', '<h1>4711</h1>'],
		['at the start of a line: -', '- Jane', '<ul><li>Jane</li></ul>'],
		['at the start of a line: 1.', '1. Jane', '<ol><li>Jane</li></ol>'],
		['at the start of a line: >', '> Jane', '<blockquote><p>Jane</p></blockquote>'],
		['spaces at the start of a line', 'a\n\n      b', '<p>a</p><p>b</p>'],
		['a signature', 'Regards\n--\nJane', '<p>Regards<br>--<br>Jane</p>'],
		['a line of equal signs', 'Total\n===', '<p>Total<br>===</p>'],
		[
			'a note in brackets',
			'[1]: https://x.example',
			'<p>[1]: <a href="https://x.example">https://x.example</a></p>',
		],
		[
			'a value with a line break in a list',
			'- one\ntwo\n- three',
			'<ul><li>one<br>two</li><li>three</li></ul>',
		],
	])('%s', (_, markdown, html) => {
		expect(render(markdown)).toBe(html);
	});

	it('is shown as it is behind the expression that the docs give', () => {
		fc.assert(
			fc.property(
				fc.string({ unit: fc.constantFrom(...'\\`*_{}[]<>()#+-.!|~&:/@ ax1"\'') }),
				(value) => {
					const escaped = value.replace(/[\\`*_{}[\]<>()#+\-.!|~&:@]/g, '\\$&');
					const text = render(`x${escaped}y`)
						.replace(/<\/?p>/g, '')
						.replace(
							/&(amp|lt|gt|quot);/g,
							(_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name]!,
						);
					expect(text).toBe(`x${value}y`);
				},
			),
			{ numRuns: 500 },
		);
	});
});

describe('whatever is written', () => {
	const markdown = fc.array(
		fc.oneof(
			fc.constantFrom(
				'<script>',
				'</p>',
				'<img src=x onerror=y>',
				'<!--',
				'-->',
				'<svg/onload=1>',
				'" onclick="x',
				"' style='x",
				'javascript:',
				'data:text/html,',
				'https://x',
				'](',
				'[',
				')',
				'![',
				'<',
				'>',
				'"',
				'\n',
				'\n\n',
				'- ',
				'1. ',
				'| ',
				'|-|',
				'`',
				'```',
				'&#106;',
				'&lt;',
				'\\',
				'*',
				'_',
				'~~',
				'cid:',
				'(cid:x)',
				'(https://y "t")',
				'<https://z>',
				'\0',
			),
			fc.string({ maxLength: 6 }),
		),
		{ maxLength: 25 },
	);
	const TAG =
		/^<(\/?)(div|p|br|hr|h[1-6]|ul|ol|li|blockquote|pre|code|em|strong|s|a|img|table|thead|tbody|tr|th|td)((?: (?:style|href|title|src|alt|start)="[^"<>]*")*)>/;

	it('nothing executable comes out', () => {
		fc.assert(
			fc.property(markdown, (parts) => {
				const { html } = renderMarkdown(parts.join(''));
				for (let at = html.indexOf('<'); at !== -1; at = html.indexOf('<', at + 1)) {
					const [tag, , , attributes = ''] = TAG.exec(html.slice(at)) ?? [];
					expect(tag ?? html.slice(at, at + 40)).toBe(tag);
					for (const [, name, value = ''] of attributes.matchAll(/ (\w+)="([^"]*)"/g)) {
						if (name === 'href') expect(value).toMatch(/^(?:https?:\/\/|mailto:|tel:)/i);
						if (name === 'src') expect(value).toMatch(/^cid:/i);
					}
					at += tag!.length - 1;
				}
			}),
			{ numRuns: 500 },
		);
	});

	it('the words survive', () => {
		const text = fc.string({
			unit: fc.constantFrom(...'abcXYZé山 \n*_#>-+.|!<\'"=:;,?{}^'),
			maxLength: 80,
		});
		const letters = (shown: string) => shown.replace(/[^\p{L}]/gu, '');
		fc.assert(
			fc.property(text, (given) => {
				const shown = renderMarkdown(given)
					.html.replace(/<[^>]*>/g, '')
					.replace(/&(?:lt|gt|quot|amp);/g, '');
				expect(letters(shown)).toBe(letters(given));
			}),
			{ numRuns: 500 },
		);
	});
});

describe('a Markdown body', () => {
	it('is the default, and goes as HTML', () => {
		for (const bodyType of [undefined, 'markdown', 'Markdown', ' MARKDOWN ']) {
			expect(composed({ bodyType, body: '**Hi**' }).message.body).toEqual({
				contentType: 'html',
				content: expect.stringMatching(
					/^<div style="[^"]+">\n<p style="[^"]+"><strong>Hi<\/strong><\/p>\n<\/div>$/,
				),
			});
		}
	});

	it.each<[body: string, warnings: string[]]>([
		['Hello\nJane', []],
		['1 < 2, <jane@x.example> and a <b', []],
		['', ['body: The body has no content.']],
		['<p>Hello</p>', ['HTML tags']],
		['Hello<br>Jane', ['HTML tags']],
		['<TABLE width="1">', ['HTML tags']],
		['Hello {{ $json.name }}', ['{{', '}}']],
		['[object Object] undefined', ['[object Object]', 'undefined']],
		['![](cid:logo)', ['only images']],
	])('warns: %j', (body, warnings) => {
		expect(warningsOf({ bodyType: 'markdown', body })).toEqual(
			warnings.map((text) => expect.stringContaining(text)),
		);
	});

	it('of more than a million characters is refused', () => {
		expect(refusalsOf({ bodyType: 'markdown', body: 'x'.repeat(1_000_001) })).toEqual([
			expect.objectContaining({
				field: 'Body',
				cause: expect.stringContaining('1000001 characters'),
			}),
		]);
	});

	it('has styles only that mail clients know, and no color of text or background', () => {
		const { html } = renderMarkdown(
			'# a\n\n- b\n\n> c\n\n|a|b|\n|-|-|\n|1|2|\n\n`x`\n\n```\ny\n```\n\n---',
		);
		for (const [, style] of html.matchAll(/style="([^"]*)"/g)) {
			expect(style).not.toMatch(/(?:^|;)(?:color|background)|flex|grid|position|var\(/);
		}
		expect(html).not.toMatch(/class=|id=/);
	});
});
