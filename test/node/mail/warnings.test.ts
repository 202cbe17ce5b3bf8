import { bodyWarnings } from '#node/mail/warnings';
import { warningsOf } from './parameters';
import { cpuMsOf } from '../../cpuTime';

describe('warnings of the subject', () => {
	it.each([
		['Hello {{ $json.name }}', ['{{', '}}']],
		['Hello undefined', ['undefined']],
		['Hello [object Object]', ['[object Object]']],
		['null started on NaN', ['null', 'NaN']],
		['Nullable NaNo, undefinedness, annulled', []],
		['Hello { Jane }', []],
	])('%s', (subject, marks) => {
		expect(warningsOf({ subject })).toEqual(
			marks.map(
				(mark) => `subject: The subject holds ${mark}; an expression may not have worked as meant.`,
			),
		);
	});
});

describe('warnings of the body', () => {
	const leftover = (mark: string) =>
		`body: The body holds ${mark}; an expression may not have worked as meant.`;
	const noContent = 'body: The body has no content.';
	const nothingToRead = 'body: The body has no plain text: it is HTML with nothing to read in it.';
	const imagesOnly =
		'body: The body has no plain text, only images; readers who do not load them see nothing.';

	const oneParagraph =
		'body: The body has line breaks and no HTML, so readers see one paragraph: choose Markdown or Text as Body Type, or write <br> for each line break.';

	it.each<[string, string, string[]]>([
		['html', '<p>Hello</p>', []],
		['html', 'Hello Jane,\n\nsee you on Monday.', [oneParagraph]],
		['html', 'Hello Jane,\r\nsee you at 5 < 6.', [oneParagraph]],
		['html', 'Hello Jane,<br>\nsee you on Monday.', []],
		['html', '\nHello Jane\n', []],
		['text', 'Hello Jane,\n\nsee you on Monday.', []],
		['html', '', [noContent]],
		['html', ' \r\n\t', [noContent]],
		['text', '', [noContent]],
		['text', '<p></p>', []],
		['html', '<p>&nbsp;</p><br/>', [nothingToRead]],
		[
			'html',
			'<html><head><title>T</title><style>p{}</style></head><body><p> </p></body></html>',
			[nothingToRead],
		],
		// Neither </head> nor <body> has to be there.
		['html', '<head><title>T</title><p>Hi {{', [leftover('{{')]],
		['html', '<!-- Hello -->', [nothingToRead]],
		['html', '<script>hello()</script>', [nothingToRead]],
		['html', '<style>never closed', [nothingToRead]],
		['html', '<p><IMG src="cid:logo"></p>', [imagesOnly]],
		['html', '<p>Hi</p><img src="cid:logo">', []],
		['html', 'Hello {{ $json.name }}', [leftover('{{'), leftover('}}')]],
		['html', '<a href="{{ $json.url }}">x</a>', [leftover('{{'), leftover('}}')]],
		['html', '<STYLE>@media print{p{color:red}}</STYLE>Hi', []],
		['html', '<!-- {{ }} -->Hi', []],
		['html', 'İ<style>a{b{}}</style>Hi', []],
		['text', '@media print{p{color:red}}', [leftover('}}')]],
		[
			'html',
			'Hello undefined, [object Object]',
			[leftover('[object Object]'), leftover('undefined')],
		],
		['text', 'null and NaN are fine here, undefinedness too', []],
	])('%s %j', (bodyType, body, expected) => {
		expect(warningsOf({ bodyType, body })).toEqual(expected);
	});

	it('never show the body', () => {
		expect(warningsOf({ body: 'salary {{ }}' }).join()).not.toContain('salary');
	});

	it.each([
		['comments', '<!--'.repeat(250_000)],
		['styles', '<style>'.repeat(150_000)],
		['tags', '<'.repeat(1_000_000)],
		['closed tags', '<a>'.repeat(300_000)],
		['closed comments', '<!---->'.repeat(150_000)],
		['braces', '{'.repeat(1_000_000)],
	])('are found in linear time in a megabyte of %s', (_, html) => {
		const body = { contentType: 'html', content: html } as const;
		expect(cpuMsOf(() => bodyWarnings(body))).toBeLessThan(3000);
	});
});

describe('warnings of addresses', () => {
	it('name a Reply To outside the domain of From, when From is known', () => {
		const replyTo = 'people@example.com, HR@Example.COM, jane@other.example';
		expect(warningsOf({ options: { replyTo } })).toEqual([]);
		expect(warningsOf({ options: { replyTo: 'a@x, b@y', from: 'c@X' } })).toEqual([
			"replyTo: Replies go to b@y, outside the sender's domain x.",
		]);
		expect(warningsOf({ options: { replyTo, from: '"a@b"@example.com' } })).toHaveLength(1);
	});

	it.each([
		['"ceo@example.com" <eve@evil.example>', 'ceo@example.com'],
		['"CEO (ceo@example.com)" <eve@evil.example>', 'ceo@example.com'],
		['"ceo＠example.com" <eve@evil.example>', 'ceo＠example.com'],
	])('name a name that is another address: %s', (to, shown) => {
		expect(warningsOf({ to })).toEqual([
			`to: The name of eve@evil.example is another address, ${shown}, and many readers see the name only.`,
		]);
	});

	it.each(['jane@x <jane@x>', '"JANE@X" <jane@x>', "'jane@x' <jane@x>", '"Jane @ HR" <jane@x>'])(
		'do not name %s',
		(to) => {
			expect(warningsOf({ to })).toEqual([]);
		},
	);

	it.each([
		['jane@аpple.example', 'Latin, Cyrillic'],
		['jane@xn--pple-43d.example', 'Latin, Cyrillic'],
		['jane@mail.gοogle.example', 'Latin, Greek'],
	])('name a domain that mixes scripts: %s', (to, scripts) => {
		expect(warningsOf({ to })).toEqual([expect.stringContaining(`(${scripts})`)]);
	});

	it.each([
		'a@müller.example',
		'a@почта.example',
		'a@例え。テスト',
		'a@日本line.example',
		'a@한국kr.example',
	])('do not name the domain of %s', (to) => {
		expect(warningsOf({ to })).toEqual([]);
	});

	it('name a name that an expression did not fill', () => {
		expect(warningsOf({ to: 'undefined <a@x>, null <b@x>, Jennifer Null <c@x>' })).toEqual([
			'to: The name of a@x is undefined; an expression may not have worked as meant.',
			'to: The name of b@x is null; an expression may not have worked as meant.',
		]);
	});
});
