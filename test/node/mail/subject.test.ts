import { composed, refusalsOf } from './parameters';

const subjectOf = (subject: unknown) => composed({ subject }).message.subject;

describe('the subject', () => {
	it.each<[unknown, string]>([
		['Welcome', 'Welcome'],
		['  as typed, "quotes" & <b> ', '  as typed, "quotes" & <b> '],
		['Grüße 🎉👩‍💻 山田', 'Grüße 🎉👩‍💻 山田'],
		['tab\there', 'tab\there'],
		[42, '42'],
		[0, '0'],
		[true, 'true'],
		[10n, '10'],
		['x'.repeat(255), 'x'.repeat(255)],
	])('%p goes as its text', (subject, text) => {
		expect(subjectOf(subject)).toBe(text);
	});

	it.each<[unknown, string]>([
		['', 'The subject is an empty text.'],
		[' \t', 'The subject is an empty text.'],
		[undefined, 'The subject is nothing (undefined).'],
		[null, 'The subject is nothing (null).'],
		[{ title: 'x' }, 'The subject is an object.'],
		[['x'], 'The subject is a list.'],
		[Symbol('x'), 'The subject is a symbol.'],
		[() => 'x', 'The subject is a function.'],
		[new Date(0), 'The subject is a date.'],
		['a\nb', 'The subject has a line break.'],
		['a\r\nBcc: eve@x', 'The subject has a line break.'],
		['a\u2028b', 'The subject has a line break.'],
		['a\u0085b', 'The subject has a line break.'],
		['trailing\n', 'The subject has a line break.'],
		['a\u0000b', 'The subject holds the control character U+0000.'],
		['a\u009Fb', 'The subject holds the control character U+009F.'],
		[
			'cut \uD83C',
			'The subject holds half of a character, as left behind when a text is cut in the middle.',
		],
		['x'.repeat(256), 'The subject has 256 characters; Exchange takes at most 255.'],
		['🎉'.repeat(128), 'The subject has 256 characters; Exchange takes at most 255.'],
	])('%p is refused', (subject, cause) => {
		expect(refusalsOf({ subject })).toEqual([
			expect.objectContaining({ field: 'Subject', parameter: 'subject', cause }),
		]);
	});
});
