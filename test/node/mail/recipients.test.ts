import { compose, composed, refusalsOf, warningsOf } from './parameters';

const people = (count: number, domain = 'example.com') =>
	Array.from({ length: count }, (_, index) => `p${index + 1}@${domain}`);

describe('shapes that hold addresses', () => {
	const jane = { address: 'jane@x', name: 'Doe, Jane' };
	it.each([
		['a text', '"Doe, Jane" <jane@x>, bob@y'],
		['a list of texts', ['"Doe, Jane" <jane@x>', 'bob@y']],
		['a list of a list in a text', ['"Doe, Jane" <jane@x>; bob@y']],
		['objects', [jane, { address: 'bob@y' }]],
		[
			'objects with email',
			[
				{ email: 'jane@x', name: 'Doe, Jane' },
				{ email: 'bob@y', name: null },
			],
		],
		[
			"Graph's recipients",
			[{ emailAddress: jane }, { emailAddress: { address: 'bob@y', name: '' } }],
		],
		['an object with a whole mailbox', [{ address: '"Doe, Jane" <jane@x>' }, 'bob@y']],
		['an object whose own name counts', [{ name: 'Doe, Jane', address: 'JD <jane@x>' }, 'bob@y']],
		['nested lists', [[[jane]], ['bob@y', []]]],
		['a mixture with blank rows', ['', jane, '  ', 'bob@y,', []]],
		['JSON in a text', ' ["\\"Doe, Jane\\" <jane@x>", {"address":"bob@y"}] '],
		['JSON in a list', ['[{"address":"jane@x","name":"Doe, Jane"}]', 'bob@y']],
	])('%s', (_, to) => {
		expect(composed({ to }).message.toRecipients).toEqual([
			{ emailAddress: jane },
			{ emailAddress: { address: 'bob@y' } },
		]);
	});

	it('one object alone, also as JSON', () => {
		const expected = [{ emailAddress: jane }];
		expect(composed({ to: jane }).message.toRecipients).toEqual(expected);
		expect(composed({ to: JSON.stringify(jane) }).message.toRecipients).toEqual(expected);
	});
});

describe('rows that hold none', () => {
	it.each<[unknown, string, string]>([
		[null, 'nothing (null)', 'An address was expected here, and the value is nothing (null).'],
		[
			undefined,
			'nothing (undefined)',
			'An address was expected here, and the value is nothing (undefined).',
		],
		[42, '42', 'An address was expected here, and the value is a number.'],
		[true, 'true', 'An address was expected here, and the value is the switch value true.'],
		[new Date(0), 'a date', 'An address was expected here, and the value is a date.'],
		[{}, 'an object', 'An object was given, and its address is nothing (undefined).'],
		[{ address: '' }, 'an object', 'An object was given, and its address is an empty text.'],
		[{ address: ['a@x'] }, 'an object', 'An object was given, and its address is a list.'],
		[
			{ address: 'a@x, b@y' },
			'a@x, b@y',
			'An object has more than one address, and each object is one recipient.',
		],
		[{ address: 'a@x', name: 5 }, 'a@x', 'The name beside this address is a number.'],
		[
			{ address: 'a@x', name: 'A\r\nBcc: e@x' },
			'A Bcc: e@x <a@x>',
			'There is a line break inside the value.',
		],
		[
			{ address: 'a@x', name: 'A\u0000' },
			'A <a@x>',
			'The entry holds the control character U+0000.',
		],
		[{ address: 'a@x\nb@y' }, 'a@x b@y', 'There is a line break inside the value.'],
		['nobody', 'nobody', 'This entry has no @ sign, so it is not an address.'],
	])('%p is named by its row', (row, value, cause) => {
		expect(refusalsOf({ to: ['good@x', '', row, 'good@y'] })).toEqual([
			{ field: 'To', parameter: 'to', position: 3, value, cause, remedy: expect.any(String) },
		]);
	});

	it('lists without end are refused, not followed', () => {
		const endless: unknown[] = [];
		endless.push(endless);
		expect(refusalsOf({ to: endless })[0]?.cause).toBe('Lists are nested more than 8 deep here.');
	});

	it('every one of them is named, in every field', () => {
		const refusals = refusalsOf({
			to: 'x, ok@x, y',
			options: { cc: ['ok@y', null], bcc: 'z', replyTo: 'r', from: 'f' },
		});
		expect(refusals.map(({ field, position, value }) => `${field} ${position} ${value}`)).toEqual([
			'To 1 x',
			'To 3 y',
			'CC 2 nothing (null)',
			'BCC 1 z',
			'From 1 f',
			'Reply To 1 r',
		]);
	});

	it('a long entry is shortened and stays on one line', () => {
		const value = refusalsOf({ to: `"${'na\tme '.repeat(50)}\n"` })[0]?.value ?? '';
		expect(value).toHaveLength(60);
		expect(value.endsWith('…')).toBe(true);
		expect(value).not.toMatch(/[\t\n]/);
	});
});

describe('an empty To', () => {
	it.each([[undefined], [null], [''], [' ,;'], [[]], [['', []]]])(
		'%j is refused, even with a CC',
		(to) => {
			const refusals = refusalsOf({ to, options: { cc: 'ann@x' } });
			expect(refusals).toHaveLength(1);
			expect(refusals[0]).toMatchObject({ field: 'To', parameter: 'to' });
			expect(refusals[0]?.cause).toMatch(/^There is no address in To; the value is /);
		},
	);
});

describe('duplicates', () => {
	it('go, first come first kept in the order To, CC, BCC, with a warning each', () => {
		const { mail, warnings } = compose({
			to: 'Jane <jane@x>, bob@y, JANE@X',
			options: { bcc: 'eve@z, cara@müller.de', cc: 'Bob@Y; "eve"@z, cara@xn--mller-kva.de' },
		});
		expect(mail?.recipients).toEqual({
			to: ['jane@x', 'bob@y'],
			cc: ['eve@z', 'cara@xn--mller-kva.de'],
			bcc: [],
		});
		expect(mail?.message).not.toHaveProperty('bccRecipients');
		expect(warnings).toEqual([
			{ field: 'To', parameter: 'to', text: 'JANE@X is twice in To; it is used once.' },
			{ field: 'CC', parameter: 'cc', text: 'Bob@Y is in To too; it is used once.' },
			{ field: 'BCC', parameter: 'bcc', text: 'eve@z is in CC too; it is used once.' },
			{
				field: 'BCC',
				parameter: 'bcc',
				text: 'cara@xn--mller-kva.de is in CC too; it is used once.',
			},
		]);
	});

	it('in Reply To go as well, apart from the recipients', () => {
		const options = { replyTo: 'jane@example.com, JANE@example.com' };
		expect(composed({ options }).message.replyTo).toHaveLength(1);
		expect(warningsOf({ options })).toEqual([
			'replyTo: JANE@example.com is twice in Reply To; it is used once.',
		]);
	});
});

describe('500 recipients', () => {
	it('are taken, and one more is not', () => {
		const options = { cc: people(200, 'cc.example').join(';'), bcc: people(100, 'bcc.example') };
		expect(composed({ to: people(200), options }).recipients.cc).toHaveLength(200);
		expect(refusalsOf({ to: people(201).join(', '), options })).toEqual([
			{
				field: 'To',
				parameter: 'to',
				cause:
					'The email has 501 recipients in To, CC and BCC together; Exchange Online takes at most 500.',
				remedy: expect.any(String),
			},
		]);
	});

	it('are counted without duplicates', () => {
		expect(composed({ to: [...people(500), ...people(500)] }).recipients.to).toHaveLength(500);
	});
});

describe('From', () => {
	it('takes exactly one address', () => {
		expect(refusalsOf({ options: { from: 'a@x, b@y' } })).toEqual([
			{
				field: 'From',
				parameter: 'from',
				cause: 'From takes exactly one address, and 2 were given.',
				remedy: expect.any(String),
			},
		]);
		expect(refusalsOf({ options: { from: [] } })[0]?.cause).toContain('0 were given');
	});

	it('left blank means the linked mailbox, with a warning', () => {
		expect(composed({ options: { from: ' ' } }).message).not.toHaveProperty('from');
		expect(warningsOf({ options: { from: null } })).toHaveLength(1);
		expect(warningsOf({ options: { from: undefined } })).toEqual([]);
	});
});
