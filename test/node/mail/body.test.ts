import * as fc from 'fast-check';

import { compose, composed, refusalsOf } from './parameters';

describe('the body', () => {
	it('goes through unchanged, whatever it holds', () => {
		const text = fc.oneof(
			fc.string({ unit: 'binary' }),
			fc.string({ unit: fc.constantFrom(...'\r\n\t <>&{}"\\é🎉', '<!--', '</style>') }),
		);
		fc.assert(
			fc.property(text, fc.constantFrom('html', 'text'), (body, bodyType) => {
				const expected = { contentType: bodyType, content: body };
				expect(composed({ body, bodyType }).message.body).toEqual(expected);
			}),
			{ numRuns: 500 },
		);
	});

	it('of type text stays text, with its line breaks', () => {
		const body = 'Dear Jane,\r\n\r\n  1 < 2 & 3\n\tBob\n';
		expect(composed({ bodyType: 'text', body }).message.body).toEqual({
			contentType: 'text',
			content: body,
		});
	});

	it.each<[unknown, string]>([
		[42, '42'],
		[false, 'false'],
	])('%p goes as its text', (body, content) => {
		expect(composed({ body }).message.body?.content).toBe(content);
	});

	it.each<[unknown, string]>([
		[undefined, 'nothing (undefined)'],
		[null, 'nothing (null)'],
		[{ html: 'secret' }, 'an object'],
		[['secret'], 'a list'],
	])('%p is refused', (body, shape) => {
		const refusals = refusalsOf({ body });
		expect(refusals).toEqual([
			expect.objectContaining({
				field: 'Body',
				parameter: 'body',
				cause: `The body is ${shape}, not a text.`,
			}),
		]);
		expect(JSON.stringify(refusals)).not.toContain('secret');
	});

	it('with half a character is refused, and not shown', () => {
		const refusals = refusalsOf({ body: 'secret \uD83C' });
		expect(refusals[0]?.cause).toMatch(/half of a character/);
		expect(JSON.stringify(refusals)).not.toContain('secret');
	});
});

describe('the body type', () => {
	it.each([
		['html', 'html'],
		['text', 'text'],
		['HTML', 'html'],
		[' Text ', 'text'],
		[undefined, 'html'],
		['Markdown', 'html'],
	])('%j is %s', (bodyType, contentType) => {
		expect(composed({ bodyType }).message.body?.contentType).toBe(contentType);
	});

	it.each<[unknown, string]>([
		['constructor', 'This value is not one of markdown, html, text.'],
		['', 'The value is an empty text, which is not one of markdown, html, text.'],
		[null, 'The value is nothing (null), which is not one of markdown, html, text.'],
		[1, 'The value is a number, which is not one of markdown, html, text.'],
	])('%j is refused', (bodyType, cause) => {
		expect(refusalsOf({ bodyType })).toEqual([
			expect.objectContaining({ field: 'Body Type', parameter: 'bodyType', cause }),
		]);
	});
});

describe('parameters of any kind', () => {
	it('never make it throw', () => {
		const anything = fc.anything({
			withBigInt: true,
			withDate: true,
			withMap: true,
			withNullPrototype: true,
			withSparseArray: true,
		});
		const keys = [
			'bcc',
			'cc',
			'replyTo',
			'from',
			'importance',
			'sensitivity',
			'categories',
			'headers',
			'readReceipt',
			'deliveryReceipt',
			'saveToSentItems',
			'followUp',
			'deferUntil',
		];
		const options = fc.record(Object.fromEntries(keys.map((key) => [key, anything])), {
			requiredKeys: [],
		});
		fc.assert(
			fc.property(
				anything,
				anything,
				anything,
				anything,
				options,
				fc.string(),
				(to, subject, bodyType, body, chosen, timeZone) => {
					const { mail, refusals } = compose({
						to,
						subject,
						bodyType,
						body,
						options: chosen,
						timeZone,
					});
					expect(mail === undefined).toBe(refusals.length > 0);
					for (const { field, parameter, cause, remedy } of refusals) {
						expect(
							[field, parameter, cause, remedy].every(
								(text) => typeof text === 'string' && text !== '',
							),
						).toBe(true);
					}
				},
			),
			{ numRuns: 1000 },
		);
	});
});
