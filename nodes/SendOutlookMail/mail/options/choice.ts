import type { MailField } from '../fieldNames';
import { type Parsed, isBlank, notSet, read, refused, shapeOf } from '../parsed';
import { refusal } from '../issues';

/**
 * One of a few named values, as what Graph takes for it. Case and outer white space do not count,
 * since expressions give `High` as often as `high`. A blank value is no choice.
 */
export function readChoice<T>(
	parameter: MailField,
	value: unknown,
	choices: Readonly<Record<string, T>>,
): Parsed<T> {
	const name = typeof value === 'string' ? value.trim().toLowerCase() : undefined;
	if (name !== undefined && Object.hasOwn(choices, name)) return read(choices[name] as T);
	const names = Object.keys(choices).join(', ');
	return refused(
		refusal(
			parameter,
			{
				cause: `${typeof value === 'string' && name !== '' ? 'This value' : `The value is ${shapeOf(value)}, which`} is not one of ${names}.`,
				remedy: 'Choose one from the list, or let the expression give one of these words.',
			},
			typeof value === 'string' && name !== '' ? { value } : {},
		),
	);
}

/** As `readChoice`, for an option that may be left out or left blank. */
export function readOptionalChoice<T>(
	parameter: MailField,
	value: unknown,
	choices: Readonly<Record<string, T>>,
): Parsed<T> {
	return isBlank(value) ? notSet() : readChoice(parameter, value, choices);
}
