import * as fc from 'fast-check';

import { composed, refusalsOf, warningsOf } from './parameters';

const INVISIBLE = [
	'200B',
	'202A',
	'202B',
	'202C',
	'202D',
	'202E',
	'2060',
	'2066',
	'2067',
	'2068',
	'2069',
	'00AD',
	'034F',
	'180E',
	'3164',
	'FEFF',
	'FFA0',
	'E0041',
];
const character = (code: string) => String.fromCodePoint(parseInt(code, 16));

describe('characters that nobody sees', () => {
	it.each(INVISIBLE)('U+%s is removed from a subject and from names, with a warning', (code) => {
		const parameters = {
			subject: `Wel${character(code)}come`,
			to: [{ name: `Ja${character(code)}ne`, address: 'jane@x' }],
			options: { from: `"H${character(code)}R" <hr@x>` },
		};
		const { message } = composed(parameters);
		expect(message.subject).toBe('Welcome');
		expect(message.toRecipients).toEqual([{ emailAddress: { name: 'Jane', address: 'jane@x' } }]);
		expect(message.from).toEqual({ emailAddress: { name: 'HR', address: 'hr@x' } });
		expect(warningsOf(parameters)).toEqual([
			`to: The name of jane@x has characters that nobody sees (U+${code}); they are removed.`,
			`subject: The subject has characters that nobody sees (U+${code}); they are removed.`,
			`from: The name of hr@x has characters that nobody sees (U+${code}); they are removed.`,
		]);
	});

	it.each([
		'می\u200Cخواهم',
		'क्\u200Dष',
		'ന്\u200D',
		'श्री\u200Cमान',
		'👩\u200D💻',
		'👩🏽\u200D💻',
		'🏳️\u200D🌈',
		'🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}',
		'א\u200F!',
		'❤️',
	])('stay where writing needs them: %s', (text) => {
		const { message } = composed({ subject: text, to: [{ name: text, address: 'jane@x' }] });
		expect(message.subject).toBe(text);
		expect(message.toRecipients?.[0]?.emailAddress?.name).toBe(text);
		expect(warningsOf({ subject: text })).toEqual([]);
	});

	it.each([
		['\u200DJane\u200C', 'Jane'],
		['Jane \u200D Doe', 'Jane  Doe'],
		['1\u200D2', '12'],
		['a\u200D\u200Db', 'ab'],
		['🎉\u200D!', '🎉!'],
	])('joiners elsewhere go: %j', (subject, expected) => {
		expect(composed({ subject }).message.subject).toBe(expected);
	});

	it('alone are no subject and no name', () => {
		expect(refusalsOf({ subject: '\u200B\u2066 \u3164' })).toEqual([
			expect.objectContaining({ cause: 'The subject has only characters that nobody sees.' }),
		]);
		const to = [{ name: '\u200B', address: 'jane@x' }];
		expect(composed({ to }).message.toRecipients).toEqual([
			{ emailAddress: { address: 'jane@x' } },
		]);
	});

	it('never leave a direction override, whatever the text', () => {
		const text = fc.string({
			unit: fc.constantFrom(
				'a',
				'א',
				'م',
				'्',
				'👩',
				'\u200C',
				'\u200D',
				'\u202E',
				'\u2066',
				'\u200B',
				' ',
			),
			minLength: 1,
		});
		fc.assert(
			fc.property(text, (given) => {
				const subject = composed({ subject: `x${given}` }).message.subject!;
				expect(subject).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200B\u180E\u3164]|\u034F/);
				expect(subject.replace(/[\u200C\u200D]/g, '')).toBe(
					`x${given}`.replace(/[\u200B-\u200D\u202E\u2066]/g, ''),
				);
			}),
		);
	});
});
