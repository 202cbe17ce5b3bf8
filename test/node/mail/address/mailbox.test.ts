import { readAddressText, isFault } from '#node/mail/address/mailbox';
import { ADDRESS_FAULTS } from '#node/mail/address/faults';
import { halfCharacterFault } from '#node/mail/characters';

/** `address` or `[name, address]`, in the order of the list. */
type Expected = string | [name: string, address: string];

function read(text: string): Array<Expected | { fault: string; source: string }> {
	return readAddressText(text).map(({ source, result }) => {
		if (isFault(result)) return { fault: result.cause, source };
		return result.name === undefined ? result.address : [result.name, result.address];
	});
}

const titleOf = (text: string) => JSON.stringify(text).slice(0, 60);

const octets = (count: number) => 'a'.repeat(count);

describe('addresses that are read', () => {
	const rows: Array<[text: string, ...expected: Expected[]]> = [
		// One address
		['jane@example.com', 'jane@example.com'],
		['  jane@example.com\t', 'jane@example.com'],
		['<jane@example.com>', 'jane@example.com'],
		['jane@x', 'jane@x'],
		['Jane.Doe+hr@sub.example.co.uk', 'Jane.Doe+hr@sub.example.co.uk'],
		["o'brien@example.com", "o'brien@example.com"],
		["!#$%&'*+-/=?^_`{|}~@example.com", "!#$%&'*+-/=?^_`{|}~@example.com"],
		['JANE@EXAMPLE.COM', 'JANE@EXAMPLE.COM'],
		['1@2.example', '1@2.example'],
		['a@b-c.example', 'a@b-c.example'],
		['a@xn--mller-kva.example', 'a@xn--mller-kva.example'],
		// Several, and what stands between them
		['a@x, b@y', 'a@x', 'b@y'],
		['a@x;b@y', 'a@x', 'b@y'],
		['a@x, "Doe, Jane" <j@x>; b@y', 'a@x', ['Doe, Jane', 'j@x'], 'b@y'],
		['\r\n a@x, b@y\u2028\n', 'a@x', 'b@y'],
		[',a@x,,;b@y,', 'a@x', 'b@y'],
		[''],
		['  \n '],
		['  , ; '],
		// Names
		['Jane Doe <jane@x>', ['Jane Doe', 'jane@x']],
		['Jane Doe<jane@x>', ['Jane Doe', 'jane@x']],
		['"Doe, Jane" <j@x>', ['Doe, Jane', 'j@x']],
		['"Doe; Jane: HR <1> @home (x)" <j@x>', ['Doe; Jane: HR <1> @home (x)', 'j@x']],
		['"Jane \\"JD\\" Doe" <j@x>', ['Jane "JD" Doe', 'j@x']],
		['"C:\\\\Jane" <j@x>', ['C:\\Jane', 'j@x']],
		['"Two  spaces" <j@x>', ['Two  spaces', 'j@x']],
		['Two  \t spaces <j@x>', ['Two spaces', 'j@x']],
		['"Doe, Jane" HR <j@x>', ['Doe, Jane HR', 'j@x']],
		['Jane "JD" Doe <j@x>', ['Jane JD Doe', 'j@x']],
		['"" <j@x>', 'j@x'],
		['Dr. Jane A. Doe Jr. <j@x>', ['Dr. Jane A. Doe Jr.', 'j@x']],
		["'Jane' O'Brien <j@x>", ["'Jane' O'Brien", 'j@x']],
		['Jane [HR] <j@x>', ['Jane [HR]', 'j@x']],
		['EXAMPLE\\jane <j@x>', ['EXAMPLE\\jane', 'j@x']],
		['Jörg Müller <j@x>', ['Jörg Müller', 'j@x']],
		['山田 太郎 <j@x>', ['山田 太郎', 'j@x']],
		['Jane 🎉👩‍💻 <j@x>', ['Jane 🎉👩‍💻', 'j@x']],
		['"🎉, Jane" <j@x>', ['🎉, Jane', 'j@x']],
		['Jane\u00A0Doe\u00A0<j@x>\u00A0', ['Jane Doe', 'j@x']],
		['\uFEFFj@x', 'j@x'],
		['jane@x <jane@x>', ['jane@x', 'jane@x']],
		// As Outlook copies a contact without a name
		["'jane@x' <jane@x>", ['jane@x', 'jane@x']],
		["'Jane@X' <jane@x>; 'bob@y' <bob@y>", ['Jane@X', 'jane@x'], ['bob@y', 'bob@y']],
		['"jane@home" <j@x>', ['jane@home', 'j@x']],
		// Comments, dropped wherever they stand
		['jane@x (Jane Doe)', 'jane@x'],
		['(boss) jane@x', 'jane@x'],
		['Jane (HR) Doe <j@x> (vip)', ['Jane Doe', 'j@x']],
		['Jane(HR)Doe <j@x>', ['Jane Doe', 'j@x']],
		['jane (a (nested \\) (one)), here) @ (b) x', 'jane@x'],
		['Jane <(c) j@x (d)>', ['Jane', 'j@x']],
		['(nobody, here), a@x', 'a@x'],
		// Quoted local parts
		['"jane doe"@x', '"jane doe"@x'],
		['"a@b"@x', '"a@b"@x'],
		['"a,b;c"@x, d@y', '"a,b;c"@x', 'd@y'],
		['"say \\"hi\\" \\\\"@x', '"say \\"hi\\" \\\\"@x'],
		['"jane"@x', 'jane@x'],
		['"j\\ane"@x', 'jane@x'],
		['".."@x', '".."@x'],
		['J <"j d"@x>', ['J', '"j d"@x']],
		// Internationalised (RFC 6531): the domain as A-labels, the local part as it is
		['jane@müller.example', 'jane@xn--mller-kva.example'],
		['jane@MÜLLER.example', 'jane@xn--mller-kva.example'],
		['jane@straße.example', 'jane@xn--strae-oqa.example'],
		['jane@例え。テスト', 'jane@xn--r8jz45g.xn--zckzah'],
		['jörg@müller.example', 'jörg@xn--mller-kva.example'],
		['山田@例え.テスト', '山田@xn--r8jz45g.xn--zckzah'],
		['i@❤.example', 'i@xn--qei.example'],
		['jo\u0308rg@x', 'jörg@x'],
		// Links
		['mailto:jane@x', 'jane@x'],
		['MAILTO:jane@x, b@y', 'jane@x', 'b@y'],
		['<mailto:jane@x>', 'jane@x'],
		['Jane <mailto:jane@x>', ['Jane', 'jane@x']],
		['jane@x<mailto:jane@x>', ['jane@x', 'jane@x']],
		// At the limits
		[`${octets(64)}@x`, `${octets(64)}@x`],
		[`a@${octets(63)}.x`, `a@${octets(63)}.x`],
		[
			`${octets(64)}@${octets(63)}.${octets(63)}.${octets(61)}`,
			`${octets(64)}@${octets(63)}.${octets(63)}.${octets(61)}`,
		],
	];
	it.each(rows.map(([text, ...expected]) => ({ title: titleOf(text), text, expected })))(
		'$title',
		({ text, expected }) => {
			expect(read(text)).toEqual(expected);
		},
	);
});

describe('entries that are refused', () => {
	const faults = ADDRESS_FAULTS;
	const rows: Array<[text: string, fault: string, source?: string]> = [
		['jane', faults.noAt.cause],
		['jane.example.com', faults.noAt.cause],
		['"Doe, Jane"', faults.noAt.cause],
		['undefined', faults.expressionGaveNothing.cause],
		[' null ', faults.expressionGaveNothing.cause, 'null'],
		['[object Object]', faults.expressionGaveObject.cause],
		['{{ $json.email }}', faults.expressionNotResolved.cause],
		['{{$json.user}}@example.com', faults.expressionNotResolved.cause],
		['jane＠example.com', faults.fullWidthAt.cause],
		['a@b@c', faults.moreThanOneAt.cause],
		['<a@b@c>', faults.moreThanOneAt.cause],
		['a@x b@y', faults.twoAddresses.cause],
		['<a@x> <b@y>', faults.twoAddresses.cause],
		['a@x <b@y>', faults.twoAddresses.cause],
		['A <a@x> B <b@y>', faults.twoAddresses.cause],
		['Jane jane@x', faults.nameWithoutBrackets.cause],
		['"Jane" jane@x', faults.nameWithoutBrackets.cause],
		['jane doe@x', faults.nameWithoutBrackets.cause],
		['"jane".doe@x', faults.space.cause],
		['jane@x Jane', faults.textAfterAddress.cause],
		['<jane@x> Jane', faults.textAfterAddress.cause],
		['jane@x"y"', faults.textAfterAddress.cause],
		['jane@exa mple.com', faults.textAfterAddress.cause],
		['jane@"x"', faults.domain.cause],
		['Jane <>', faults.emptyAddress.cause],
		['<(c)>', faults.emptyAddress.cause],
		['Jane <jane>', faults.noAt.cause],
		['Jane <jane@x', faults.unclosedBracket.cause],
		['jane@x>', faults.strayBracket.cause],
		['>jane@x<', faults.strayBracket.cause],
		['<<jane@x>>', faults.strayBracket.cause],
		['"Doe, Jane <j@x>, b@y', faults.unclosedQuote.cause],
		['Jane "JD <j@x>', faults.unclosedQuote.cause],
		['Jane (HR <j@x>, b@y', faults.unclosedComment.cause],
		['jane@x (a (b)', faults.unclosedComment.cause],
		['Jane) <j@x>', faults.strayParenthesis.cause],
		['https://jane@x', faults.webAddress.cause],
		["'bob@y' <jane@x>", faults.twoAddresses.cause],
		// Groups
		['Team: a@x, B <b@y>;', faults.group.cause, 'Team: a@x'],
		['"The, Team": a@x;, c@z', faults.group.cause, '"The, Team": a@x'],
		['Team: a@x', faults.group.cause],
		['Team:a@x', faults.group.cause],
		['undisclosed-recipients:;', faults.group.cause, 'undisclosed-recipients:'],
		['A: B: b@x;', faults.group.cause, 'A: B: b@x'],
		// What reads like a header
		['Bcc: eve@evil.example', faults.header.cause],
		['bcc:eve@evil.example', faults.header.cause],
		['BCC : eve@evil.example', faults.header.cause],
		['To: a@x; Cc: b@x', faults.header.cause, 'To: a@x'],
		['Subject: Hello', faults.header.cause],
		['Reply-To: <a@x>', faults.header.cause],
		['X-Ticket: 1 a@x', faults.header.cause],
		['Content-Type: text/html', faults.header.cause],
		['"Bcc: eve@evil.example" <a@x>', faults.header.cause],
		['"From: Payroll" <a@x>', faults.header.cause],
		// Line breaks that do not surround the value
		['a@x\nb@y', faults.lineBreak.cause],
		['a@x\r\nBcc: eve@evil.example', faults.lineBreak.cause],
		['a@x\u2029b@y', faults.lineBreak.cause],
		['a@x\u0085b@y', faults.lineBreak.cause],
		['a@x\vb@y', faults.lineBreak.cause],
		['a@x:25', faults.colon.cause],
		['j@x: <j@x>', faults.colon.cause],
		[': a@x', faults.colon.cause],
		['mailto:jane@x?subject=Hi', faults.mailtoLink.cause],
		['mailto:jane%2Bhr@x', faults.mailtoLink.cause],
		['mailto:', faults.noAt.cause],
		['"Jane\nBcc: eve@evil.example" <j@x>', faults.lineBreak.cause],
		['"Jane\\\r\\\nDoe" <j@x>', faults.lineBreak.cause],
		['Jane (a\r\nb) <j@x>', faults.lineBreak.cause],
		['Jane\u2028Doe <j@x>', faults.lineBreak.cause],
		['Jane\u0085Doe <j@x>', faults.lineBreak.cause],
		['jane\v@x', faults.lineBreak.cause],
		['Jane \uD83C <j@x>', halfCharacterFault('entry').cause],
		['jane\uDC00@x', halfCharacterFault('entry').cause],
		['Jane\u0007 <j@x>', 'The entry holds the control character U+0007.'],
		['ja\0ne@x', 'The entry holds the control character U+0000.'],
		['"Jane\u001B" <j@x>', 'The entry holds the control character U+001B.'],
		['@x', faults.noLocalPart.cause],
		['""@x', faults.noLocalPart.cause],
		['jane@', faults.noDomain.cause],
		['<@x,jane@y>', faults.unclosedBracket.cause, '<@x'],
		['.jane@x', faults.dots.cause],
		['jane.@x', faults.dots.cause],
		['ja..ne@x', faults.dots.cause],
		['jane@.x', faults.dots.cause],
		['jane@x.', faults.dots.cause],
		['jane@x..y', faults.dots.cause],
		['jane@[192.0.2.1]', faults.domainLiteral.cause],
		['jane@[IPv6:2001:db8::1]', faults.domainLiteral.cause],
		['jane@192.0.2.1', faults.domainLiteral.cause],
		['jane@１９２.0.2.1', faults.domainLiteral.cause],
		['jane@ex_ample.com', faults.domain.cause],
		['jane@-x.com', faults.domain.cause],
		['jane@x-.com', faults.domain.cause],
		['jane@ex%61mple.com', faults.domain.cause],
		['jane@ü/x', faults.domain.cause],
		['jane@x.com?subject=Hi', faults.domain.cause],
		['jane\\doe@x', 'The address holds the character \\, which is not allowed before the @ sign.'],
		['[jane]@x', 'The address holds the character [, which is not allowed before the @ sign.'],
		['ja\u200Bne@x', 'The address holds the invisible character U+200B.'],
		['jane@exam\u00ADple.com', 'The address holds the invisible character U+00AD.'],
		['\u202Ejane@x', 'The address holds the invisible character U+202E.'],
		[`${octets(65)}@x`, faults.localPartTooLong.cause],
		[`${'ü'.repeat(33)}@x`, faults.localPartTooLong.cause],
		[`a@${octets(64)}.x`, faults.domainTooLong.cause],
		[`a@${'ü'.repeat(63)}.x`, faults.domainTooLong.cause],
		[`a@${'ü'.repeat(5000)}`, faults.domainTooLong.cause],
		[`${octets(64)}@${octets(63)}.${octets(63)}.${octets(62)}`, faults.addressTooLong.cause],
	];
	it.each(
		rows.map(([text, fault, source = text.trim()]) => ({
			title: titleOf(text),
			text,
			fault,
			source,
		})),
	)('$title', ({ text, fault, source }) => {
		expect(read(text)[0]).toEqual({ fault, source });
	});

	it('refuses a line break after a comma too', () => {
		expect(read('a@x,\r\n b@y')).toEqual([
			'a@x',
			{ fault: ADDRESS_FAULTS.lineBreak.cause, source: 'b@y' },
		]);
		expect(read('a@x,\n,b@y')[1]).toEqual({ fault: ADDRESS_FAULTS.lineBreak.cause, source: '' });
	});

	it.each([
		'200B',
		'200C',
		'200D',
		'200E',
		'202A',
		'202E',
		'2060',
		'2066',
		'2069',
		'00AD',
		'034F',
		'061C',
		'180E',
		'3164',
		'FE0F',
		'FFA0',
		'2800',
		'E0041',
	])('for the invisible character U+%s in an address', (code) => {
		const character = String.fromCodePoint(parseInt(code, 16));
		const fault = `The address holds the invisible character U+${code}.`;
		expect(read(`ja${character}ne@example.com`)[0]).toMatchObject({ fault });
		expect(read(`jane@exam${character}ple.com`)[0]).toMatchObject({ fault });
		expect(read(`Jane <${character}jane@example.com>`)[0]).toMatchObject({ fault });
	});

	it('goes on after a bad entry', () => {
		expect(read('a@x, bad, b@y; <c@z, d@w')).toEqual([
			'a@x',
			{ fault: ADDRESS_FAULTS.noAt.cause, source: 'bad' },
			'b@y',
			{ fault: ADDRESS_FAULTS.unclosedBracket.cause, source: '<c@z' },
			'd@w',
		]);
	});
});

describe('a name with a comma that is not quoted', () => {
	const remedies = (text: string) =>
		readAddressText(text).map(({ result }) => (isFault(result) ? result.remedy : result.address));

	it.each([
		['Doe, Jane <j@x>', 'Put the whole name in double quotes: "Doe, Jane" <j@x>.'],
		['a@x, Doe, Jane <j@x>', 'Put the whole name in double quotes: "Doe, Jane" <j@x>.'],
		['Doe, "J." Jane <j@x>', 'Put the whole name in double quotes: "Doe, J. Jane" <j@x>.'],
	])('%s', (text, remedy) => {
		expect(remedies(text)).toContain(remedy);
	});

	it('names every part of a longer name', () => {
		const quoted = 'Put the whole name in double quotes: "Doe, Jane, PhD" <j@x>.';
		expect(remedies('Doe, Jane, PhD <j@x>')[0]).toBe(quoted);
	});

	it('is not suspected where nothing points to it', () => {
		expect(remedies('Doe; Jane <j@x>')[0]).toBe(ADDRESS_FAULTS.noAt.remedy);
		expect(remedies('Doe, jane@x')[0]).toBe(ADDRESS_FAULTS.noAt.remedy);
		expect(remedies('Doe, <j@x>')[0]).toBe(ADDRESS_FAULTS.noAt.remedy);
		expect(remedies('“Doe, Jane” <j@x>')[0]).toBe(ADDRESS_FAULTS.curlyQuotes.remedy);
	});
});
