import type { Importance } from '@microsoft/microsoft-graph-types';

import { readOptionalChoice } from './choice';
import type { Reading } from '../reading';

const IMPORTANCES: Record<Importance, Importance> = { low: 'low', normal: 'normal', high: 'high' };

export function readImportance(value: unknown): Reading<Importance> {
	return readOptionalChoice('importance', value, IMPORTANCES);
}
