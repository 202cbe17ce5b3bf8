import type { SingleValueLegacyExtendedProperty } from '@microsoft/microsoft-graph-types';

import { readOptionalChoice } from './choice';
import type { Parsed } from '../parsed';

/**
 * Graph's message has no sensitivity of its own; the MAPI property `PidTagSensitivity` (0x0036,
 * MS-OXCMSG §2.2.1.13) carries it, with these numbers.
 */
const SENSITIVITIES = { normal: '0', personal: '1', private: '2', confidential: '3' };

export function readSensitivity(value: unknown): Parsed<SingleValueLegacyExtendedProperty> {
	const { value: number, ...remarks } = readOptionalChoice('sensitivity', value, SENSITIVITIES);
	return number === undefined
		? remarks
		: { ...remarks, value: { id: 'Integer 0x36', value: number } };
}
