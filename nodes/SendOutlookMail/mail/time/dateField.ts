import type { MailField } from '../fieldNames';
import { type Moment, readMoment } from './moment';
import { type Parsed, isBlank, notSet, read, refused, shapeOf } from '../parsed';
import { refusal } from '../issues';
import { isTimeZone } from './timeZone';

/**
 * A date field's value, none if left blank. Refused if it is no date, or if the workflow's time zone
 * is none: then nobody can say when it is.
 *
 * @param called what the date is to the designer: "due date"
 */
export function readDate(
	parameter: Extract<MailField, 'followUp' | 'deferUntil'>,
	value: unknown,
	timeZone: string,
	called: string,
): Parsed<Moment> {
	if (isBlank(value)) return notSet();
	const moment = readMoment(value);
	if (!moment) {
		return refused(
			refusal(
				parameter,
				{
					cause: `The ${called} cannot be read as a date; the value is ${shapeOf(value)}.`,
					remedy:
						'Pick a date, or let the expression give one such as 2026-06-01T09:00:00 or {{ $now.plus(1, "day") }}.',
				},
				typeof value === 'string' || typeof value === 'number' ? { value: String(value) } : {},
			),
		);
	}
	if (isTimeZone(timeZone)) return read(moment);
	return refused(
		refusal(
			parameter,
			{
				cause: `The ${called} needs the time zone of the workflow, and that one is not known.`,
				remedy: 'Choose a time zone in the settings of the workflow.',
			},
			{ value: String(timeZone) },
		),
	);
}
