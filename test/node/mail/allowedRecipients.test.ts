import * as fc from 'fast-check';

import { isGuarded, refuseRecipients } from '#node/mail/allowedRecipients';
import { composeMessage } from '#node/mail/mail';
import { composed, parameters, refusalsOf } from './parameters';

/** Which of the addresses a list allows. */
function allowed(list: unknown, addresses: string[]): string[] {
	const to = addresses.map((address) => ({ address }));
	const refusals = refuseRecipients({ to }, { node: list });
	if (refusals.some(({ parameter }) => parameter === 'allowedRecipients')) return [];
	const refused = refusals.map(({ value }) => value);
	return addresses.filter((address) => !refused.includes(address));
}

describe('an entry of the list', () => {
	it.each<[entry: string, allowed: string[], refused: string[]]>([
		[
			'contoso.example',
			['jane@contoso.example', 'JANE@Contoso.EXAMPLE', '"a@evil.example"@contoso.example'],
			[
				'jane@contoso.example.evil.example',
				'jane@evilcontoso.example',
				'jane@contoso.example.com',
				'jane@hr.contoso.example',
				'jane@example',
				'"jane@contoso.example"@evil.example',
				'contoso.example@evil.example',
			],
		],
		['@Contoso.example', ['jane@contoso.example'], ['jane@hr.contoso.example']],
		[
			'*.contoso.example',
			['jane@hr.contoso.example', 'jane@a.b.CONTOSO.example'],
			['jane@contoso.example', 'jane@evilcontoso.example', 'jane@hr.contoso.example.evil.example'],
		],
		[
			'Jane@contoso.example',
			['jane@contoso.example', 'JANE@CONTOSO.EXAMPLE'],
			['jane+hr@contoso.example', 'mary.jane@contoso.example', 'jane@hr.contoso.example'],
		],
		['müller.example', ['a@xn--mller-kva.example'], ['a@muller.example', 'a@mueller.example']],
		['xn--mller-kva.example', ['a@xn--mller-kva.example'], []],
		['*.MÜLLER.example', ['a@hr.xn--mller-kva.example'], ['a@xn--mller-kva.example']],
		['jörg@müller.example', ['JÖRG@xn--mller-kva.example'], ['jorg@xn--mller-kva.example']],
		['ｃontoso.example', ['jane@contoso.example'], []],
		['аpple.example', [], ['jane@apple.example']],
		['intranet', ['jane@intranet'], ['jane@intranet.example']],
	])('%s', (entry, inside, outside) => {
		expect(allowed(entry, [...inside, ...outside])).toEqual(inside);
	});

	it('is one of several, separated by commas, or of an array', () => {
		const addresses = ['a@x.example', 'b@hr.y.example', 'c@z.example', 'd@z.example'];
		const expected = addresses.slice(0, 3);
		expect(allowed(' x.example, *.y.example ,, c@z.example,', addresses)).toEqual(expected);
		expect(allowed(['x.example', '*.y.example', 'c@z.example'], addresses)).toEqual(expected);
		expect(allowed('["x.example", "*.y.example", "c@z.example"]', addresses)).toEqual(expected);
	});
});

describe('a list that cannot be read', () => {
	it.each<[unknown]>([
		[''],
		['  '],
		[','],
		[[]],
		[['']],
		[null],
		[0],
		[true],
		[{}],
		[{ domain: 'x.example' }],
		['*'],
		['*@x.example'],
		['x.example *.y.example'],
		['*.'],
		['@'],
		['x..example'],
		['.x.example'],
		['http://x.example'],
		['Jane <jane@x.example>'],
		['undefined'.padEnd(300, 'd')],
		['{{ $json.domain }}'],
		['192.0.2.1'],
		[['x.example', null]],
		[['x.example', ['y.example']]],
		['x.example, *'],
		['jane@'],
		['x.ex\u200Bample'],
	])('%j allows nobody', (list) => {
		expect(refuseRecipients({ to: [{ address: 'jane@x.example' }] }, { node: list })).toEqual([
			expect.objectContaining({ field: 'Allowed Recipients', parameter: 'allowedRecipients' }),
		]);
		expect(isGuarded({ node: list })).toBe(true);
	});
});

describe('an email under a list', () => {
	const options = { allowedRecipients: 'contoso.example' };

	it('names every recipient that is not allowed, in To, CC, BCC and Reply To', () => {
		const refusals = refusalsOf({
			to: 'Jane <jane@contoso.example>, eve@evil.example',
			options: {
				...options,
				cc: 'a@contoso.example.evil.example',
				bcc: [{ name: 'jane@contoso.example', address: 'b@evil.example' }],
				replyTo: 'c@evil.example, ok@contoso.example',
				from: 'anyone@other.example',
			},
		});
		expect(refusals.map(({ field, value }) => `${field} ${value}`)).toEqual([
			'To eve@evil.example',
			'CC a@contoso.example.evil.example',
			'BCC b@evil.example',
			'Reply To c@evil.example',
		]);
		expect(refusals[0]?.cause).toBe(
			'The list of allowed recipients in the options of this node does not allow this address.',
		);
	});

	it('leaves when all are allowed', () => {
		expect(composed({ to: 'jane@Contoso.example', options }).recipients.to).toHaveLength(1);
	});

	it('is refused when an expression for the list gave nothing', () => {
		for (const allowedRecipients of ['', undefined, null]) {
			expect(refusalsOf({ options: { allowedRecipients } })).toHaveLength(1);
		}
	});

	it('must be allowed by the list of the credential too', () => {
		const to = 'jane@contoso.example, sam@fabrikam.example';
		const both = composeMessage(
			parameters({ to, options: { allowedRecipients: 'contoso.example, fabrikam.example' } }),
			{
				account: 'contoso.example',
			},
		);
		expect(both.refusals).toEqual([
			expect.objectContaining({
				field: 'To',
				value: 'sam@fabrikam.example',
				cause: 'The list of allowed recipients in the credential does not allow this address.',
			}),
		]);
		const neither = composeMessage(parameters({ to, options }), { account: 'fabrikam.example' });
		expect(neither.refusals.map(({ value }) => value)).toEqual([
			'sam@fabrikam.example',
			'jane@contoso.example',
		]);
	});

	it.each([
		[undefined, true],
		['', true],
		[' ', false],
		[null, false],
		[7, false],
		['*', false],
	])('and a credential with %j in its field sends: %s', (account, sends) => {
		expect(composeMessage(parameters(), { account }).mail !== undefined).toBe(sends);
	});

	it('warns where a model fills the recipients and there is none', () => {
		const warningsFor = (list: object, account?: string) =>
			composeMessage(parameters({ options: { ...list } }), { filledByModel: true, account })
				.warnings;
		expect(warningsFor({})).toEqual([expect.objectContaining({ field: 'Allowed Recipients' })]);
		expect(warningsFor({ allowedRecipients: 'example.com' })).toEqual([]);
		expect(warningsFor({}, 'example.com')).toEqual([]);
	});
});

describe('lists of allowed recipients, generated', () => {
	const label = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
	const domain = fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => labels.join('.'));

	it('allow the domain itself in any case, and nothing around it', () => {
		fc.assert(
			fc.property(domain, label, label, (name, one, other) => {
				// y.y is a subdomain of y.
				fc.pre(!`${name}.${other}`.endsWith(`.${name}`));
				const address = (at: string) => `${one}@${at}`;
				const around = [
					`${other}${name}`,
					`${other}.${name}`,
					`${name}.${other}`,
					`${name}${other}`,
				];
				expect(allowed(name, [address(name.toUpperCase()), ...around.map(address)])).toEqual([
					address(name.toUpperCase()),
				]);
				expect(allowed(`*.${name}`, [address(name), ...around.map(address)])).toEqual([
					address(`${other}.${name}`),
				]);
			}),
		);
	});

	it('never allow more than the recipients that each entry allows alone', () => {
		const entry = fc.oneof(
			domain,
			domain.map((name) => `*.${name}`),
			fc.tuple(label, domain).map((parts) => parts.join('@')),
			fc.string(),
		);
		fc.assert(
			fc.property(
				fc.array(entry, { minLength: 1, maxLength: 4 }),
				fc.tuple(label, domain),
				(entries, parts) => {
					const address = parts.join('@');
					const together = allowed(entries, [address]);
					const alone = entries.flatMap((one) => allowed([one], [address]));
					if (alone.length === 0) expect(together).toEqual([]);
				},
			),
		);
	});

	it('never throw and never allow through a shape that is no list', () => {
		fc.assert(
			fc.property(fc.anything(), (list) => {
				if (typeof list === 'string' || Array.isArray(list)) return;
				expect(allowed(list ?? null, ['jane@x.example'])).toEqual([]);
			}),
		);
	});
});
