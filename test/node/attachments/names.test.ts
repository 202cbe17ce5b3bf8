import fc from 'fast-check';
import { contentTypeOf, nameOf, tellApart } from '#node/attachments/file';

test.each<[string, Parameters<typeof nameOf>[1], string]>([
	['its own name', { fileName: 'report.pdf', mimeType: 'application/pdf' }, 'report.pdf'],
	['its own name without extension', { fileName: 'README', mimeType: 'text/plain' }, 'README'],
	['no name, a known type', { mimeType: 'application/pdf' }, 'field.pdf'],
	['no name, a type with parameters', { mimeType: 'text/csv; charset=utf-8' }, 'field.csv'],
	['no name, an extension', { mimeType: 'application/x-own', fileExtension: 'own' }, 'field.own'],
	['no name, an unknown type', { mimeType: 'application/x-own' }, 'field'],
	['a blank name', { fileName: '  ', mimeType: 'image/png' }, 'field.png'],
	['folders', { fileName: '/home/jane/report.pdf', mimeType: '' }, 'report.pdf'],
	['folders of Windows', { fileName: 'C:\\Users\\jane\\report.pdf', mimeType: '' }, 'report.pdf'],
	['a way up', { fileName: '../../etc/passwd', mimeType: '' }, 'passwd'],
	['nothing but a way up', { fileName: '../..', mimeType: 'image/gif' }, 'field.gif'],
	['line breaks', { fileName: 'a\r\nb.pdf', mimeType: '' }, 'a__b.pdf'],
	['what Windows refuses', { fileName: 'a<b>:"c"|?*.pdf', mimeType: '' }, 'a_b___c____.pdf'],
	['a turned direction', { fileName: 'in\u202Efdp.exe', mimeType: '' }, 'infdp.exe'],
	['dots and blanks at the end', { fileName: 'report.pdf. ', mimeType: '' }, 'report.pdf'],
	['umlauts and emoji', { fileName: 'Grüße 🎉.pdf', mimeType: '' }, 'Grüße 🎉.pdf'],
	['a dot in front', { fileName: '.htaccess', mimeType: '' }, '.htaccess'],
])('the name of a file with %s', (_name, data, expected) => {
	expect(nameOf('field', data)).toBe(expected);
});

test('a field that ends with the extension does not get it twice', () => {
	expect(nameOf('photo.jpg', { mimeType: 'image/jpeg' })).toBe('photo.jpg');
});

test('a long name keeps its extension', () => {
	const name = nameOf('field', { fileName: `${'ü'.repeat(300)}.pdf`, mimeType: '' });
	expect(name).toHaveLength(255);
	expect(name.endsWith('ü.pdf')).toBe(true);
});

test.each([
	['application/pdf', 'application/pdf'],
	['text/plain; charset=utf-8', 'text/plain; charset=utf-8'],
	['', 'application/octet-stream'],
	['pdf', 'application/octet-stream'],
	['text/plain\r\nX-Header: 1', 'application/octet-stream'],
])('the MIME type %j travels as %s', (mimeType, expected) => {
	expect(contentTypeOf({ mimeType })).toBe(expected);
});

test.each([
	[
		['a.pdf', 'b.pdf'],
		['a.pdf', 'b.pdf'],
	],
	[
		['a.pdf', 'a.pdf', 'a.pdf'],
		['a.pdf', 'a (2).pdf', 'a (3).pdf'],
	],
	[
		['a.pdf', 'A.PDF'],
		['a.pdf', 'A (2).PDF'],
	],
	[
		['a.pdf', 'a (2).pdf', 'a.pdf'],
		['a.pdf', 'a (2).pdf', 'a (3).pdf'],
	],
	[
		['README', 'README'],
		['README', 'README (2)'],
	],
])('%j are told apart as %j', (names, expected) => {
	expect(tellApart(names)).toEqual(expected);
});

const anyName = fc.oneof(
	fc.string({ unit: 'grapheme', maxLength: 300 }),
	fc.string({ unit: 'binary', maxLength: 300 }),
	fc.constantFrom('report.pdf', 'Report.pdf', 'report (2).pdf', '..', '/', 'x.', '\\'),
);

test('every name is one that any desktop takes, and no two are alike', () => {
	fc.assert(
		fc.property(fc.array(anyName, { maxLength: 8 }), (fileNames) => {
			const names = tellApart(
				fileNames.map((fileName, index) =>
					nameOf(`f${index % 2}`, { fileName, mimeType: 'image/png' }),
				),
			);
			for (const name of names) {
				expect(name).toMatch(/^[^\p{Cc}\p{Surrogate}<>:"/\\|?*]{1,255}$/u);
				expect(name).not.toMatch(/^\s|[\s.]$/);
				expect(name.length).toBeLessThanOrEqual(255);
			}
			expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
		}),
		{ numRuns: 500 },
	);
});
