import type {
	FollowupFlag,
	Message,
	SingleValueLegacyExtendedProperty,
} from '@microsoft/microsoft-graph-types';
import { instantOf, wallClockAt, isTimeZone, readMoment } from './timeZone';
import { windowsZone } from './windowsZones';
import {
	isPlainObject,
	type Parsed,
	isBlank,
	notSet,
	read,
	refused,
	shapeOf,
	textOf,
	refuse,
} from './parsed';
import { readJson } from '../facts/json';

import type { MailField } from './parameters';

/**
 * A follow-up flag from n8n's fixed collection `{flag: {startDate, dueDate}}` or an expression's
 * `{startDate, dueDate}`; with neither date it is a flag without a date, as Outlook has it.
 *
 * Exchange takes both dates or none (Graph `followupFlag`: a due date needs a start; MS-OXWSCORE
 * §2.2.4.23: in pair). A due date alone is therefore also its start, which is what Outlook's own
 * "Tomorrow" does; a start alone is refused, since its due date is unknown.
 */
export function readFollowUp(value: unknown, timeZone: string): Parsed<FollowupFlag> {
	if (isBlank(value)) return notSet();
	const given = typeof value === 'string' ? readJson(value) : value;
	// The option added and its dates not: n8n hands over an empty object.
	if (isPlainObject(given) && Object.keys(given).length === 0) return notSet();
	const dates = datesOf(given);
	if (!dates) {
		return refuse('followUp', {
			cause: `A follow-up is a start and a due date, and the value is ${shapeOf(value)}.`,
			remedy:
				'Add the dates to the option, or let the expression give an object with startDate and dueDate.',
		});
	}
	const start = readDate('followUp', dates.startDate, timeZone, 'start date');
	const due = readDate('followUp', dates.dueDate, timeZone, 'due date');
	const refusals = [...start.refusals, ...due.refusals];
	if (refusals.length > 0) return refused(...refusals);
	if (due.value === undefined) {
		if (start.value === undefined) return read({ flagStatus: 'flagged' });
		return refuse('followUp', {
			cause: 'The follow-up has a start date and no due date; Exchange takes both or none.',
			remedy: 'Add a due date, or remove the start date.',
		});
	}
	const startAt = start.value ?? due.value;
	if (due.value < startAt) {
		return refuse('followUp', {
			cause: 'The follow-up is due before it starts.',
			remedy: 'Choose a due date on or after the start date.',
		});
	}
	// Graph knows a zone by its name in Windows, which stays when the rules of the zone change. A flag is
	// about days: where Windows has no such zone, the day stays, and only the hour is off.
	// https://learn.microsoft.com/graph/api/resources/datetimetimezone
	const dateAt = (instant: number) => ({
		dateTime: wallClockAt(instant, timeZone),
		timeZone: windowsZone(timeZone) ?? 'UTC',
	});
	return read({
		flagStatus: 'flagged',
		startDateTime: dateAt(startAt),
		dueDateTime: dateAt(due.value),
	});
}

function datesOf(given: unknown): Record<string, unknown> | undefined {
	if (!isPlainObject(given)) return undefined;
	if (!('flag' in given)) return 'startDate' in given || 'dueDate' in given ? given : undefined;
	const [flag, ...others] = [given.flag].flat() as unknown[];
	return isPlainObject(flag) && others.length === 0 ? flag : undefined;
}

/**
 * Deferred delivery: Exchange holds the mail until then. Graph has no property of its own for it;
 * the MAPI property `PidTagDeferredSendTime` (0x3FEF, MS-OXOMSG §2.2.3.6) carries it, in UTC. A time
 * that has passed is refused: Exchange would send at once, which is not what was asked.
 */
export function readDeferral(
	value: unknown,
	timeZone: string,
	now: Date,
): Parsed<SingleValueLegacyExtendedProperty[]> {
	const { value: at, ...issues } = readDate('deferUntil', value, timeZone, 'delivery time');
	if (at === undefined) return issues;
	const utc = new Date(at).toISOString().replace('.000Z', 'Z');
	if (at <= now.getTime()) {
		return refuse('deferUntil', {
			cause: 'The delivery time has already passed.',
			remedy: 'Choose a time in the future, or remove the option to send at once.',
			value: utc,
		});
	}
	return read([{ id: DEFERRED_SEND_TIME, value: utc }]);
}

const DEFERRED_SEND_TIME = 'SystemTime 0x3FEF';

/** When the message is to be delivered, in UTC; undefined for one that is not deferred. */
export function deferralOf({ singleValueExtendedProperties }: Message): string | undefined {
	const found = singleValueExtendedProperties?.find(({ id }) => id === DEFERRED_SEND_TIME);
	return found?.value ?? undefined;
}

/**
 * The instant of a date field, in milliseconds; none if left blank. Refused if it is no date, or if the
 * workflow's time zone is unknown.
 *
 * @param called what the date is to the designer: "due date"
 */
function readDate(
	parameter: MailField,
	value: unknown,
	timeZone: string,
	called: string,
): Parsed<number> {
	if (isBlank(value)) return notSet();
	const moment = readMoment(value);
	if (!moment) {
		return refuse(parameter, {
			cause: `The ${called} cannot be read as a date; the value is ${shapeOf(value)}.`,
			remedy:
				'Pick a date, or let the expression give one such as 2026-06-01T09:00:00 or {{ $now.plus(1, "day") }}.',
			value: textOf(value),
		});
	}
	if (isTimeZone(timeZone)) return read(instantOf(moment, timeZone));
	return refuse(parameter, {
		cause: `The ${called} needs the time zone of the workflow, and that one is not known.`,
		remedy: 'Choose a time zone in the settings of the workflow.',
		value: String(timeZone),
	});
}
