import { composed, refusalsOf } from './parameters';

describe('importance', () => {
	it.each([
		['low', 'low'],
		['normal', 'normal'],
		['high', 'high'],
		['High', 'high'],
	])('%s', (importance, expected) => {
		expect(composed({ options: { importance } }).message.importance).toBe(expected);
	});
});

describe('sensitivity', () => {
	it.each([
		['normal', '0'],
		['personal', '1'],
		['private', '2'],
		['confidential', '3'],
	])('%s', (sensitivity, value) => {
		expect(composed({ options: { sensitivity } }).message.singleValueExtendedProperties).toEqual([
			{ id: 'Integer 0x36', value },
		]);
	});
});

describe('an unknown value', () => {
	it.each([
		['importance', 'urgent', 'This value is not one of low, normal, high.'],
		[
			'sensitivity',
			'toString',
			'This value is not one of normal, personal, private, confidential.',
		],
	])('of %s is named', (option, value, cause) => {
		expect(refusalsOf({ options: { [option]: value } })).toEqual([
			expect.objectContaining({ parameter: option, value, cause }),
		]);
	});

	it.each([1, true, {}, ['high']])('of another shape (%j) is refused', (importance) => {
		expect(refusalsOf({ options: { importance } })).toHaveLength(1);
	});
});

describe('switches', () => {
	it.each([
		[true, true],
		[false, false],
		['true', true],
		[' FALSE ', false],
	])('%j is %j', (value, expected) => {
		const options = { readReceipt: value, deliveryReceipt: value, saveToSentItems: value };
		const { message, saveToSentItems } = composed({ options });
		expect(message.isReadReceiptRequested).toBe(expected);
		expect(message.isDeliveryReceiptRequested).toBe(expected);
		expect(saveToSentItems).toBe(expected);
	});

	it.each<[unknown, string]>([
		[null, 'nothing (null)'],
		['', 'an empty text'],
		['yes', 'a text'],
		[1, 'a number'],
		[{}, 'an object'],
	])('%j is neither on nor off', (saveToSentItems, shape) => {
		expect(refusalsOf({ options: { saveToSentItems } })).toEqual([
			expect.objectContaining({
				field: 'Save to Sent Items',
				cause: `This option is either on or off, and the value is ${shape}.`,
			}),
		]);
	});
});
