import type { MailField } from '../fieldNames';
import { type Parsed, notSet, read, refused, shapeOf } from '../parsed';
import { refusal } from '../issues';

/**
 * An option that is on or off. Expressions often give the words; anything else is refused rather
 * than guessed, since `"no"` is a true value to a program.
 */
export function readSwitch(
	parameter: Extract<MailField, 'readReceipt' | 'deliveryReceipt' | 'saveToSentItems'>,
	value: unknown,
): Parsed<boolean> {
	if (value === undefined) return notSet();
	if (typeof value === 'boolean') return read(value);
	const word = typeof value === 'string' ? value.trim().toLowerCase() : '';
	if (word === 'true' || word === 'false') return read(word === 'true');
	return refused(
		refusal(
			parameter,
			{
				cause: `This option is either on or off, and the value is ${shapeOf(value)}.`,
				remedy: 'Use the switch, or let the expression give true or false.',
			},
			word === '' ? {} : { value: String(value) },
		),
	);
}
