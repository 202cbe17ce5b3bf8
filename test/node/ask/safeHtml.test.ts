import fc from 'fast-check';
import { safeHtml } from '#node/ask/safeHtml';
import { textAsHtml } from '#node/mail/html';

describe('safeHtml', () => {
	it.each([
		['<p>Hi <b>Sam</b></p>', '<p>Hi <b>Sam</b></p>'],
		['a & b &amp; &lt; &bogus', 'a &amp; b &amp; &lt; &amp;bogus'],
		['<p onclick="x" style="y">a', '<p>a</p>'],
		['<script>alert(1)</script>b', 'b'],
		['<script>never closed', ''],
		['<SCRIPT/x>1</script >b', 'b'],
		['<img src=x onerror=alert(1) alt="a <logo>">', 'a &lt;logo&gt;'],
		['<svg onload=alert(1)><a>b</a></svg>c', 'c'],
		['<iframe src="//x"></iframe>d', 'd'],
		['<a href="javascript:alert(1)">x</a>', '<a>x</a>'],
		['<a href=" JaVa&#115;cript:alert(1)">x</a>', '<a>x</a>'],
		[
			"<a href='https://x.example/?a=1&amp;b=2' target=_self>x",
			'<a href="https://x.example/?a=1&amp;b=2" rel="noopener noreferrer" target="_blank">x</a>',
		],
		['</div></main></body>x', 'x'],
		['<b><i>x</b>y</i>', '<b><i>x</i></b>y'],
		['a < b <c> <!-- <b> --> d', 'a &lt; b  d'.replace('  ', '   ')],
		['<a title="</a><script>">x</a>', '<a>x</a>'],
		['<style>p{}</style><p>a</p>', '<p>a</p>'],
		['<form action=//x><input name=choice value=1><button>Go</button></form>', 'Go'],
		['<b', '&lt;b'],
		['<p>a<o:p>&nbsp;</o:p></p>', '<p>a&nbsp;</p>'],
		['<jane@x.example> <https://x.example>', '&lt;jane@x.example&gt; &lt;https://x.example&gt;'],
		['<head><title>t</title><body>a', 'a'],
		['<!-->a<!-- b --!>c', 'ac'],
	])('of %p keeps %p', (html, safe) => {
		expect(safeHtml(html)).toBe(safe);
	});

	it('has no tag, attribute or link but its own, whatever it is given', () => {
		const OWN =
			/^(?:[^<>]|<\/?(?:a|b|blockquote|br|code|dd|div|dl|dt|em|h[1-6]|hr|i|li|ol|p|pre|s|small|span|strong|sub|sup|table|tbody|td|th|thead|tr|u|ul)>|<a href="(?:https?:\/\/|mailto:)[^"<>]*" rel="noopener noreferrer" target="_blank">)*$/i;
		const pieces = fc.constantFrom(
			...'<|>|</|"|\'|=|/| |a|b|script|style|img|href|src|onload|alt|javascript:|https://x|<!--|-->|&#|&lt;|\u0000|<p |<a href=|<script>|</script>'.split(
				'|',
			),
		);
		fc.assert(
			fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 40 }), (parts) => {
				expect(safeHtml(parts.join(''))).toMatch(OWN);
			}),
			{ numRuns: 2_000 },
		);
	});

	it.each(['<', '<a ', '<b>', '<a href="', '<!--', '<script>', '&', '<b></i>'])(
		'comes to an end with %p many times',
		(piece) => {
			// In quadratic time this takes longer than a test may.
			expect(safeHtml(piece.repeat(300_000))).not.toContain('<script');
		},
	);

	it('keeps the lines of a text', () => {
		expect(textAsHtml('a <b>\r\n"c"')).toBe('a &lt;b&gt;<br>&quot;c&quot;');
	});
});
