import { composed, refusalsOf } from './parameters';

const rows = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ name: `x-h${index + 1}`, value: `${index}` }));

describe('custom headers', () => {
	const expected = [
		{ name: 'x-ticket', value: '4711' },
		{ name: 'X-Team', value: 'People & Culture' },
	];
	it.each<[string, unknown]>([
		["n8n's fixed collection", { header: expected }],
		['a list', expected],
		['an object', { 'x-ticket': 4711, 'X-Team': ' People & Culture ' }],
		['JSON of an object', '{"x-ticket": "4711", "X-Team": "People & Culture"}'],
		['JSON of a list', JSON.stringify(expected)],
		['rows that were not filled', { header: [{ name: '', value: '' }, ...expected, {}] }],
	])('from %s', (_, headers) => {
		expect(composed({ options: { headers } }).message.internetMessageHeaders).toEqual(expected);
	});

	it('from a fixed collection of one', () => {
		const headers = { header: { name: 'x-ticket', value: '4711' } };
		expect(composed({ options: { headers } }).message.internetMessageHeaders).toEqual([
			headers.header,
		]);
	});

	it.each([[{}], [{ header: [] }], [[]]])('%j are none', (headers) => {
		expect(composed({ options: { headers } }).message).not.toHaveProperty('internetMessageHeaders');
	});

	it('are at most five', () => {
		expect(composed({ options: { headers: rows(5) } }).message.internetMessageHeaders).toHaveLength(
			5,
		);
		expect(refusalsOf({ options: { headers: rows(6) } })).toEqual([
			expect.objectContaining({
				cause: 'There are 6 custom headers; Microsoft Graph takes at most 5.',
			}),
		]);
	});

	it.each<[unknown, unknown, RegExp]>([
		['Subject', 'x', /starts with x-/],
		['x-', 'x', /starts with x-/],
		['X-MS-Exchange-Organization-SCL', '-1', /Exchange reserves/],
		['x-ms-exchange-organization-bypassclutter', 'true', /Exchange reserves/],
		['X-Forefront-Antispam-Report', 'SFV:SKN', /Exchange reserves/],
		['X-Microsoft-Antispam', 'BCL:0', /Exchange reserves/],
		['x-microsoft-antispam-mailbox-delivery', 'x', /Exchange reserves/],
		['', 'x', /no name/],
		[null, 'x', /no name/],
		['x-ticket:', 'x', /colon/],
		['x ticket', 'x', /space/],
		['x-tick\r\nBcc', 'x', /another character/],
		['x-grün', 'x', /another character/],
		['x-a', '', /an empty text/],
		['x-a', undefined, /nothing \(undefined\)/],
		['x-a', { a: 1 }, /an object/],
		['x-a', '1\r\nBcc: eve@x', /line break/],
		['x-a', '1\u0000', /plain letters/],
		['x-a', 'Grün', /plain letters/],
		['x-a', 'x'.repeat(994), /longer than 998/],
	])('%j: %j is refused', (name, value, cause) => {
		const headers = {
			header: [
				{ name: 'x-first', value: '1' },
				{ name, value },
			],
		};
		expect(refusalsOf({ options: { headers } })).toEqual([
			expect.objectContaining({
				field: 'Custom Headers',
				parameter: 'headers',
				position: 2,
				cause: expect.stringMatching(cause),
			}),
		]);
	});

	it('fill a line of 998 octets, no more', () => {
		const headers = { 'x-a': 'x'.repeat(993) };
		expect(composed({ options: { headers } }).message.internetMessageHeaders).toHaveLength(1);
	});

	it('with one name twice are refused, whatever the case', () => {
		const headers = [
			{ name: 'x-a', value: '1' },
			{ name: 'X-A', value: '2' },
		];
		expect(refusalsOf({ options: { headers } })).toEqual([
			expect.objectContaining({
				position: 2,
				value: 'X-A',
				cause: 'The header has the same name as header 1.',
			}),
		]);
	});

	it.each([5, true, 'x-a: 1', ['x-a'], new Date(0)])('%j is no header', (headers) => {
		expect(refusalsOf({ options: { headers } })[0]?.cause).toMatch(
			/^Custom headers are names with values/,
		);
	});
});
