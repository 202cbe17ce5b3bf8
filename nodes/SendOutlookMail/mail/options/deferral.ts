import type { SingleValueLegacyExtendedProperty } from '@microsoft/microsoft-graph-types';

import { readDate } from '../time/dateField';
import { type Parsed, read, refused } from '../parsed';
import { refusal } from '../issues';
import { instantOf } from '../time/timeZone';

/**
 * Deferred delivery: Exchange holds the mail until then. Graph has no property of its own for it;
 * the MAPI property `PidTagDeferredSendTime` (0x3FEF, MS-OXOMSG §2.2.3.6) carries it, in UTC. A time
 * that has passed is refused: Exchange would send at once, which is not what was asked.
 */
export function readDeferral(
	value: unknown,
	timeZone: string,
	now: Date,
): Parsed<SingleValueLegacyExtendedProperty> {
	const { value: moment, ...remarks } = readDate('deferUntil', value, timeZone, 'delivery time');
	if (moment === undefined) return remarks;
	const at = instantOf(moment, timeZone);
	const utc = new Date(at).toISOString().replace('.000Z', 'Z');
	if (at <= now.getTime()) {
		return refused(
			refusal(
				'deferUntil',
				{
					cause: 'The delivery time has already passed.',
					remedy: 'Choose a time in the future, or remove the option to send at once.',
				},
				{ value: utc },
			),
		);
	}
	return read({ id: 'SystemTime 0x3FEF', value: utc });
}
