import type { FactName } from '#sandbox/facts';
import type { Observation } from './observation';
import type { Output } from './runTrial';

/** What can't be caused from outside: it is looked for in all outputs of the node. */
export interface Watch {
	name: string;
	fact: FactName;
	/** @returns what was seen in an item of this trial */
	find(item: Output[number], trial: string): string | undefined;
}

/** Its recipient does not exist, on purpose. */
export const NOBODY_THERE = 'Nobody there';

const detailOf = (item: Output[number], name: string): unknown =>
	(item['details'] as Record<string, unknown> | undefined)?.[name];

export const WATCHES: readonly Watch[] = [
	{
		name: 'every email of the run: a 504',
		fact: 'takenDespite504',
		find: (item, trial) =>
			detailOf(item, 'httpStatus') === 504
				? `504 for “${trial}”: check whether it arrived`
				: undefined,
	},
	{
		name: 'every email of the run: ErrorInvalidRecipients',
		fact: 'invalidRecipientsAtTimes',
		find: (item, trial) =>
			trial !== NOBODY_THERE && detailOf(item, 'code') === 'ErrorInvalidRecipients'
				? `refused for “${trial}”, whose recipient exists`
				: undefined,
	},
];

export function judgeWatches(outputs: ReadonlyMap<string, Output>): Observation[] {
	return WATCHES.map(({ name, fact, find }) => {
		const items = [...outputs].flatMap(([trial, output]) =>
			output.map((item) => ({ trial, item })),
		);
		const seen = items.map(({ item, trial }) => find(item, trial)).filter(Boolean);
		return {
			fact,
			where: name,
			verdict: seen.length > 0 ? 'asExpected' : 'notSeen',
			seen: seen.join('; ') || `none of ${items.length} answers`,
		};
	});
}
