import * as fc from 'fast-check';

import { addressEntries, addressTokens } from '#node/mail/address/entries';
import { readAddressText, isFault, type Mailbox } from '#node/mail/address/mailbox';
import { compose } from '../parameters';
import { cpuMsOf } from '../../../cpuTime';

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const word = (characters: string, maxLength: number) =>
	fc.string({ unit: fc.constantFrom(...characters), minLength: 1, maxLength });

/** RFC 5322 dot-atom with UTF-8, without `{`: two of those are taken for a leftover expression. */
const dotAtom = fc
	.array(word(`${LETTERS}!#$%&'*+-/=?^_\`|~äßé山`, 12), { minLength: 1, maxLength: 3 })
	.map((atoms) => atoms.join('.'))
	.filter((local) => !local.startsWith('//'));

/** What needs quotes in a local part. */
const quotedLocal = word(`${LETTERS}.@,;:<>()[]" \\ä`, 12)
	.filter((text) => /[@,;:<>()[\]" \\]/.test(text))
	.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`);

const domain = fc
	.array(word(LETTERS, 10), { minLength: 1, maxLength: 3 })
	.map((labels) => labels.join('.'))
	.filter((name) => !/(^|\.)\d+$/.test(name) && !/(^|\.)xn--/i.test(name));

const name = fc
	.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
	.map((text) => text.replace(/[\p{Cc}\u2028\u2029\p{Cs}]/gu, '').trim())
	.filter((text) => text !== '' && !/\{\{|:|\p{Default_Ignorable_Code_Point}/u.test(text));

const mailbox: fc.Arbitrary<Mailbox> = fc
	.tuple(fc.oneof({ weight: 4, arbitrary: dotAtom }, quotedLocal), domain, fc.option(name))
	.map(([local, host, display]) => {
		const address = `${local.normalize('NFC')}@${host}`;
		return display === null ? { address } : { address, name: display };
	});

const quote = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;
/** Names that need no quotes: words of letters with single spaces between. */
const isPlain = (text: string) => /^[\p{L}\p{N}.]+(?: [\p{L}\p{N}.]+)*$/u.test(text);

/** The ways in which people and programs write one address. */
const formats: Array<(mailbox: Mailbox) => string> = [
	({ address, name: display }) =>
		display === undefined ? address : `${isPlain(display) ? display : quote(display)} <${address}>`,
	({ address, name: display }) => `${display === undefined ? '' : quote(display)}<${address}>`,
	({ address, name: display }) =>
		`(a, (nested) comment) ${display === undefined ? '' : quote(display)} < ${address} > (after;)`,
];

const written = fc.array(
	fc.record({
		mailbox,
		format: fc.constantFrom(...formats),
		separator: fc.constantFrom(',', ', ', ';', ' ; ', ' ,\t', ' ,, ; '),
	}),
	{ maxLength: 12 },
);

const textOf = (
	entries: Array<{ mailbox: Mailbox; format: (one: Mailbox) => string; separator: string }>,
) => entries.map((entry) => entry.format(entry.mailbox) + entry.separator).join('');

describe('lists of addresses, generated', () => {
	it('come back as they went in, however they are written', () => {
		fc.assert(
			fc.property(written, (entries) => {
				const results = readAddressText(textOf(entries)).map(({ result }) => result);
				expect(results).toEqual(entries.map((entry) => entry.mailbox));
			}),
			{ numRuns: 500 },
		);
	});

	it('come back from objects and from JSON in a text', () => {
		fc.assert(
			fc.property(fc.array(mailbox, { minLength: 1, maxLength: 6 }), (mailboxes) => {
				const unique = [
					...new Map(mailboxes.map((one) => [one.address.toLowerCase(), one])).values(),
				];
				const expected = unique.map((emailAddress) => ({ emailAddress }));
				expect(compose({ to: unique }).mail?.message.toRecipients).toEqual(expected);
				expect(compose({ to: JSON.stringify(unique) }).mail?.message.toRecipients).toEqual(
					expected,
				);
				expect(compose({ to: expected }).mail?.message.toRecipients).toEqual(expected);
			}),
		);
	});

	it('name a bad entry by its position among good ones', () => {
		const bad = fc.constantFrom('nobody', 'a@b@c', 'a@', '@b', '<a@b', 'a b@c', 'x@[1.2.3.4]');
		fc.assert(
			fc.property(written, bad, written, (before, entry, after) => {
				const text = `${textOf(before)}${entry};${textOf(after)}`;
				const { refusals } = compose({ to: text });
				expect(refusals).toHaveLength(1);
				expect(refusals[0]).toMatchObject({
					parameter: 'to',
					position: before.length + 1,
					value: entry,
				});
			}),
		);
	});
});

describe('arbitrary text in an address field', () => {
	const soup = fc.string({
		unit: fc.oneof(
			fc.constantFrom(...'"\\()<>@,;:. \t\r\n[]{}a山\u0000\uD800'),
			fc.string({ unit: 'binary', maxLength: 1 }),
		),
		maxLength: 60,
	});

	it('is read, or refused with a position, and never throws', () => {
		fc.assert(
			fc.property(soup, (to) => {
				const { mail, refusals } = compose({ to });
				if (mail) {
					expect(mail.recipients.to.length).toBeGreaterThan(0);
					for (const address of mail.recipients.to) {
						expect(address).not.toMatch(/[\p{Cc}\p{Cs}]/u);
						expect(Buffer.byteLength(address)).toBeLessThanOrEqual(254);
					}
				} else {
					for (const one of refusals) {
						const isEmptyList = one.cause.startsWith('There is no address in To');
						expect(one.position === undefined).toBe(isEmptyList);
						expect(one.value ?? '').not.toMatch(/[\p{Cc}\p{Cs}]/u);
					}
				}
			}),
			{ numRuns: 3000 },
		);
	});

	it('that was read reads the same again', () => {
		fc.assert(
			fc.property(soup, (text) => {
				for (const { result } of readAddressText(text)) {
					if (isFault(result)) continue;
					const again = readAddressText(formats[0]?.(result) ?? '').map((entry) => entry.result);
					expect(again).toEqual([result]);
				}
			}),
			{ numRuns: 3000 },
		);
	});
});

describe('the cost of a list', () => {
	/** How often the reader asks for a character, and the next stage for a token. */
	function count(text: string) {
		const steps = { characters: 0, tokens: 0, entries: 0 };
		function* counted<T>(source: Iterable<T>, key: keyof typeof steps) {
			for (const element of source) {
				steps[key] += 1;
				yield element;
			}
		}
		const tokens = counted(addressTokens(counted(text, 'characters')), 'tokens');
		Array.from(counted(addressEntries(tokens), 'entries'));
		return steps;
	}

	it.each([
		['500 recipients', '"Doe, Jane" <jane.doe@example.com>; '.repeat(500)],
		['open brackets', '('.repeat(100_000)],
		['nested brackets', '('.repeat(50_000) + ')'.repeat(50_000)],
		['quotes', '"'.repeat(100_001)],
		['commas', ','.repeat(100_000)],
		['colons after comments', '()'.repeat(30_000) + ':'.repeat(40_000)],
		['mailto upon mailto', `@ ${'mailto:'.repeat(14_000)}`],
		['angle brackets', '<'.repeat(100_000)],
		['at signs', '@'.repeat(100_000)],
		['names with commas', 'a,'.repeat(50_000)],
		['one long address', `a@${'b.'.repeat(50_000)}`],
		['one long name', `${'a '.repeat(50_000)}<a@b>`],
		['backslashes', `"${'\\'.repeat(100_000)}`],
		['nested JSON', '['.repeat(50_000) + ']'.repeat(50_000)],
	])('%s: each character and each token is read once', (_, text) => {
		const steps = count(text);
		expect(steps.characters).toBe(text.length);
		expect(steps.tokens).toBeLessThanOrEqual(text.length);

		// A generous bound on time, which a quadratic reader of 100 kB misses by far.
		const options = { cc: text, categories: text, headers: text, followUp: text, deferUntil: text };
		expect(cpuMsOf(() => compose({ to: text, options }))).toBeLessThan(3000);
	});
});
