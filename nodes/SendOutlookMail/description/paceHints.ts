import type { NodeHint } from 'n8n-workflow';

/** How long a paced run may take: from so many minutes to less than so many. */
const SPANS: ReadonlyArray<{ from: number; to: number; words: string }> = [
	{ from: 1, to: 2, words: '1 to 2 minutes' },
	{ from: 2, to: 5, words: '2 to 5 minutes' },
	{ from: 5, to: 10, words: '5 to 10 minutes' },
	{ from: 10, to: 20, words: '10 to 20 minutes' },
	{ from: 20, to: 30, words: '20 to 30 minutes' },
	{ from: 30, to: 60, words: '30 to 60 minutes' },
	{ from: 60, to: 120, words: '1 to 2 hours' },
	{ from: 120, to: 240, words: '2 to 4 hours' },
	{ from: 240, to: 480, words: '4 to 8 hours' },
	{ from: 480, to: 1440, words: '8 to 24 hours' },
	{ from: 1440, to: Infinity, words: 'more than a day' },
];

/**
 * Says before and during a run how long it takes, if that is long. n8n's editor computes whether a hint
 * is shown, from the input items and the parameters, but shows its message as it stands here: hence a
 * hint for each span. As soon as there is output, the run itself says it exactly.
 */
export const paceHints: NodeHint[] = SPANS.map(({ from, to, words }) => ({
	message: `Sending to these input items takes <b>${words}</b>, since their mails leave evenly spread, as <b>Messages per Minute</b> says. Mails that have left stay sent if you stop the run.`,
	type: 'info',
	location: 'outputPane',
	whenToDisplay: 'beforeExecution',
	displayCondition: `={{ $parameter["operation"] === "send" && $parameter["options"]?.["messagesPerMinute"] > 0 && ${takesMinutes(from, to)} }}`,
}));

/**
 * The first mail leaves at once. Without a pace the items are not looked at, and while there are none,
 * which n8n answers by throwing, nothing is said.
 */
function takesMinutes(from: number, to: number): string {
	const minutes = '($input.all().length - 1) / $parameter["options"]["messagesPerMinute"]';
	const within = to === Infinity ? '' : ` && ${minutes} < ${to}`;
	return `(() => { try { return ${minutes} >= ${from}${within}; } catch { return false; } })()`;
}
