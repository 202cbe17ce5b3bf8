import fc from 'fast-check';
import { imageReferences } from '#node/attachments/imageReferences';
import { cpuMsOf } from '../../cpuTime';

test.each<[string, string, string[]]>([
	['double quotes', '<img src="cid:logo">', ['logo']],
	['single quotes', "<img src='cid:logo'>", ['logo']],
	['no quotes', '<img src=cid:logo>', ['logo']],
	['no quotes, closed', '<img src=cid:logo.png />', ['logo.png']],
	['blanks around the equals sign', '<img src = "cid:logo">', ['logo']],
	['capitals', '<IMG SRC="CID:Logo">', ['Logo']],
	['blanks around the address', '<img src=" cid:logo ">', ['logo']],
	['blanks in the name', '<img src="cid:my logo.png">', ['my logo.png']],
	['a line break in the address', '<img src="cid:lo\ngo">', ['logo']],
	['percent-encoding, as written', '<img src="cid:my%20logo.png">', ['my%20logo.png']],
	['character references', '<img src="cid:a&amp;b&#46;png">', ['a&b.png']],
	['other attributes first', '<img alt="a > b" width=10 src="cid:logo">', ['logo']],
	['a background', '<td background="cid:paper">', ['paper']],
	['a style', '<td style="background: url(cid:paper)">', ['paper']],
	['a style in quotes', `<td style="background: url('cid:paper')">`, ['paper']],
	['a style in references', '<td style="background: url(&quot;cid:paper&quot;)">', ['paper']],
	['a style sheet', '<style>td { background: url("cid:paper") }</style>', ['paper']],
	['a set', '<img srcset="cid:small 1x, cid:large 2x">', ['small', 'large']],
	['an SVG image', '<svg><image xlink:href="cid:a"/><image href="cid:b"/></svg>', ['a', 'b']],
	[
		'Outlook alone',
		'<!--[if mso]><v:fill src="cid:paper"/><![endif]--><img src="cid:logo">',
		['paper', 'logo'],
	],
	['twice', '<img src="cid:logo"><img src="cid:logo">', ['logo']],
	['text that talks about it', '<p>src="cid:logo" and cid:logo</p>', []],
	['a textarea', '<textarea><img src="cid:logo"></textarea>', []],
	['after an empty comment', '<!--><img src="cid:a"> --><!-- --!><img src="cid:b">', ['a', 'b']],
	['a comment without a name', '</ <img src="cid:logo">', []],
	['an empty source first', '<img src src="cid:logo">', []],
	['a no-break space', '<img\u00a0src="cid:logo">', []],
	['a comment', '<!-- <img src="cid:logo"> -->', []],
	['a script', '<script>"<img src=\\"cid:logo\\">"</script>', []],
	['a link', '<a href="cid:logo">', []],
	['another scheme', '<img src="https://example.com/cid:logo">', []],
	['alternative text', '<img alt="cid:logo" src="x.png">', []],
	['a tag that never ends', '<img src="cid:logo', ['logo']],
	['an empty body', '', []],
])('%s', (_name, html, references) => {
	expect(imageReferences(html)).toEqual(references);
});

const anyName = fc
	.string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
	.map((name) => name.replace(/[\t\r\n]/g, '').trim())
	.filter((name) => name !== '');

const escaped = (name: string) =>
	name.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

test('whatever a field is called, its reference is found as it is written', () => {
	fc.assert(
		fc.property(
			fc.uniqueArray(anyName, { maxLength: 5 }),
			fc.constantFrom('"', "'"),
			(names, quote) => {
				const html = names.map((name) => `<p><img src=${quote}cid:${escaped(name)}${quote}></p>`);
				expect(imageReferences(html.join(''))).toEqual(names);
			},
		),
	);
});

test('no text makes it throw or hang', () => {
	const pieces = fc.constantFrom(
		'<img src=',
		'"',
		"'",
		'cid:',
		'>',
		'<!--',
		'-->',
		'url(',
		'<style',
		'&#',
		' ',
		'<',
	);
	fc.assert(
		fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
			imageReferences(parts.join(''));
		}),
	);
});

test('comments in a conditional comment do not join to further ones', () => {
	const levels = Array.from(
		{ length: 700 },
		(_, level) => `${'<!'.repeat(level)}${'--'.repeat(level)}[if a]>`,
	);
	const html = `<!--[if a]>${levels.join('')}${'x'.repeat(1_000_000)}`;
	expect(cpuMsOf(() => imageReferences(html))).toBeLessThan(1_000);
});

test.each(['<img src="cid:', '<!--[if a]>', "<a b='", 'url("', '<style>url(', '<x ='])(
	'200,000 times %s takes no more than linear time',
	(piece) => {
		expect(cpuMsOf(() => imageReferences(piece.repeat(200_000)))).toBeLessThan(4000);
	},
);
