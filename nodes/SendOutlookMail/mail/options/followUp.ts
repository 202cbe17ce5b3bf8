import type { FollowupFlag } from '@microsoft/microsoft-graph-types';

import { graphTimeZone } from '../time/graphTimeZone';
import { isPlainObject, parseJsonValue } from '../json';
import { type Parsed, isBlank, notSet, read, refused, shapeOf } from '../parsed';
import { refusal } from '../issues';
import { instantOf, wallClockAt } from '../time/timeZone';
import { readDate } from '../time/dateField';

/**
 * A follow-up flag from n8n's fixed collection `{flag: {startDate, dueDate}}` or an expression's
 * `{startDate, dueDate}`; with neither date it is a flag without a date, as Outlook has it.
 *
 * Exchange takes both dates or none (Graph `followupFlag`: a due date needs a start; MS-OXWSCORE
 * §2.2.4.23: in pair). A due date alone is therefore also its start, which is what Outlook's own
 * "Tomorrow" does; a start alone is refused, since nobody can say when that would be due.
 */
export function readFollowUp(value: unknown, timeZone: string): Parsed<FollowupFlag> {
	const dates = datesOf(value);
	if (dates === 'none') return notSet();
	if (dates === 'unknown') {
		return refused(
			refusal('followUp', {
				cause: `A follow-up is a start and a due date, and the value is ${shapeOf(value)}.`,
				remedy:
					'Add the dates to the option, or let the expression give an object with startDate and dueDate.',
			}),
		);
	}
	const start = readDate('followUp', dates.startDate, timeZone, 'start date');
	const due = readDate('followUp', dates.dueDate, timeZone, 'due date');
	const refusals = [...start.refusals, ...due.refusals];
	if (refusals.length > 0) return refused(...refusals);
	if (due.value === undefined) {
		return start.value === undefined ? read({ flagStatus: 'flagged' }) : refused(dueMissing());
	}
	const dueAt = instantOf(due.value, timeZone);
	const startAt = start.value === undefined ? dueAt : instantOf(start.value, timeZone);
	if (dueAt < startAt) return refused(dueBeforeStart());

	const zone = graphTimeZone(timeZone, [startAt, dueAt]);
	return read({
		flagStatus: 'flagged',
		startDateTime: { dateTime: wallClockAt(startAt, zone), timeZone: zone },
		dueDateTime: { dateTime: wallClockAt(dueAt, zone), timeZone: zone },
	});
}

interface Dates {
	startDate?: unknown;
	dueDate?: unknown;
}

function datesOf(value: unknown): Dates | 'none' | 'unknown' {
	if (isBlank(value)) return 'none';
	const shape = typeof value === 'string' ? parseJsonValue(value) : value;
	if (!isPlainObject(shape) || shape instanceof Date) return 'unknown';
	// The option added and its dates not: n8n hands over an empty object.
	if (Object.keys(shape).length === 0) return 'none';
	if (!('flag' in shape)) return 'startDate' in shape || 'dueDate' in shape ? shape : 'unknown';
	const flag =
		Array.isArray(shape.flag) && shape.flag.length === 1 ? (shape.flag[0] as unknown) : shape.flag;
	return isPlainObject(flag) ? flag : 'unknown';
}

function dueMissing() {
	return refusal('followUp', {
		cause: 'The follow-up has a start date and no due date; Exchange takes both or none.',
		remedy: 'Add a due date, or remove the start date.',
	});
}

function dueBeforeStart() {
	return refusal('followUp', {
		cause: 'The follow-up is due before it starts.',
		remedy: 'Choose a due date on or after the start date.',
	});
}
