import fc from 'fast-check';
import { readHtml } from '#node/mail/html';
import { cpuMsOf } from '../../cpuTime';

function piecesOf(html: string): string[] {
	return [...readHtml(html, ['style', 'script'])].map(({ kind, source, name, attributes }) =>
		[kind, source, name, ...[...attributes].map((attribute) => attribute.join('='))].join('|'),
	);
}

test.each<[html: string, pieces: string[]]>([
	['', []],
	['a < b & 1<2', ['text|a < b & 1<2|']],
	['<P>Hi</P >', ['start|<P>|p', 'text|Hi|', 'end|</P >|p']],
	[
		'<a href=x title = \'a "b" > c\' HREF="y" hidden/>',
		['start|<a href=x title = \'a "b" > c\' HREF="y" hidden/>|a|href=x|title=a "b" > c|hidden='],
	],
	['<td width="5"" class=a>b', ['start|<td width="5"" class=a>|td|width=5|"=|class=a', 'text|b|']],
	['<img src src=x>', ['start|<img src src=x>|img|src=']],
	// Only HTML's own blanks separate.
	['<a\u00a0b=c d=\u00a0"e>', ['start|<a\u00a0b=c d=\u00a0"e>|a\u00a0b=c|d=\u00a0"e']],
	[
		'<a b="&#x0000006a;&#00000106&#99999999999;">',
		['start|<a b="&#x0000006a;&#00000106&#99999999999;">|a|b=jj\ufffd'],
	],
	["<b don't>it's", ["start|<b don't>|b|don't=", "text|it's|"]],
	[
		'<a b="&lt;&#38;&#x41;&AMP;&copy;&lt=&amp">',
		['start|<a b="&lt;&#38;&#x41;&AMP;&copy;&lt=&amp">|a|b=<&A&&copy;&lt=&'],
	],
	['<v:fill src=x/>', ['start|<v:fill src=x/>|v:fill|src=x/']],
	[
		'<!DOCTYPE html><!-- <b> --><?x?>',
		['comment|<!DOCTYPE html>|', 'comment|<!-- <b> -->|', 'comment|<?x?>|'],
	],
	['<!-- never', ['comment|<!-- never|']],
	['<!-->a<!--->b', ['comment|<!-->|', 'text|a|', 'comment|<!--->|', 'text|b|']],
	['<!-- a --!>b<!--c--', ['comment|<!-- a --!>|', 'text|b|', 'comment|<!--c--|']],
	[
		'a</ <b>c</>d</1>',
		['text|a|', 'comment|</ <b>|', 'text|c|', 'comment|</>|', 'text|d|', 'comment|</1>|'],
	],
	[
		'<STYLE a=b>p{}</styles></style >c',
		['start|<STYLE a=b>|style|a=b', 'content|p{}</styles>|style', 'end|</style >|style', 'text|c|'],
	],
	['<script>never', ['start|<script>|script', 'content|never|script']],
	['a<img src="x>', ['text|a|', 'unfinished|<img src="x>|img|src=x>']],
])('%j', (html, pieces) => {
	expect(piecesOf(html)).toEqual(pieces);
});

const part = fc.constantFrom(
	...[
		'<',
		'>',
		'</',
		'/',
		'"',
		"'",
		'=',
		' ',
		'\n',
		'a',
		'İ',
		'<a b=',
		'<style',
		'</style',
		'<!',
		'<!--',
		'-->',
		'<?',
	],
);

test('the pieces together are the text', () => {
	fc.assert(
		fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
			const html = parts.join('');
			expect([...readHtml(html, ['style'])].map(({ source }) => source).join('')).toBe(html);
		}),
		{ numRuns: 2_000 },
	);
});

test.each([
	...[
		'<',
		'</',
		'<a',
		'<a ',
		'<a b="',
		"<a b='",
		'<a b',
		'<a/',
		'<a =',
		' =',
		'<!',
		'<!--',
		'<style>',
		'<style></style>',
		'&#',
	],
	...['a', ' ', '"'].map((padding) => `<a b="${padding.repeat(100)}`),
])('%j many times takes no more than linear time', (unit) => {
	const html = unit.repeat(1_000_000 / unit.length);
	expect(cpuMsOf(() => [...readHtml(html, ['style'])])).toBeLessThan(4_000);
});

test.each(['a', '<a b="', '<a b=', '<!--'])(
	'a body of 32 million characters that begins with %j is read',
	(start) => {
		const html = start + 'a'.repeat(32_000_000);
		expect(
			[...readHtml(html, ['style'])].map(({ source }) => source.length).reduce((a, b) => a + b),
		).toBe(html.length);
	},
);
