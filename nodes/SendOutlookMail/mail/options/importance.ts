import type { Importance } from '@microsoft/microsoft-graph-types';

import { readOptionalChoice } from './choice';
import type { Parsed } from '../parsed';

const IMPORTANCES: Record<Importance, Importance> = { low: 'low', normal: 'normal', high: 'high' };

export function readImportance(value: unknown): Parsed<Importance> {
	return readOptionalChoice('importance', value, IMPORTANCES);
}
