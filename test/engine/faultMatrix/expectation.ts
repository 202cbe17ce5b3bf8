import type { Cell, Position } from './cells';

/** Plain mails in a batch; large ones where ranges are uploaded. */
export const MAILS: Record<Position, number> = {
	'first request': 6,
	'middle of a batch': 6,
	'during refresh': 6,
	'new draft': 2,
	'upload range': 2,
};

/** How many requests pass before the fault strikes. */
export const STRUCK_AFTER: Record<Position, number> = {
	'first request': 0,
	'middle of a batch': 2,
	'during refresh': 0,
	'new draft': 0,
	'upload range': 0,
};

/** From and to; the same where lanes do not decide. */
export type Range = readonly [number, number];

export interface Expectation {
	accepted: Range;
	/** Mails in the outbox that were not reported as accepted. */
	alsoInOutbox: 0 | 1;
	/** Mails that failed, and as what; the others were not tried. */
	failed: Range;
	code: string | undefined;
	/** Requests that Graph saw beyond one for each accepted or failed mail; undefined: any number. */
	extraRequests: number | undefined;
}

/** What the design's table says must come of a cell. */
export function expectationOf({ meaning, position, continueOnFail, lanes }: Cell): Expectation {
	const mails = MAILS[position];
	const uploads = position === 'upload range' || position === 'new draft';
	switch (meaning.kind) {
		case 'recovers':
			return {
				accepted: [mails, mails],
				alsoInOutbox: 0,
				failed: [0, 0],
				code: undefined,
				extraRequests: uploads ? undefined : meaning.extraRequests,
			};
		case 'noneGoes':
			return {
				accepted: [0, 0],
				alsoInOutbox: 0,
				failed: continueOnFail ? [mails, mails] : [1, lanes],
				code: meaning.code,
				extraRequests: undefined,
			};
		case 'unknown':
		case 'refused': {
			const before = STRUCK_AFTER[position];
			const most = lanes === 1 ? before : mails - 1;
			return {
				accepted: continueOnFail ? [mails - 1, mails - 1] : [before, most],
				alsoInOutbox: meaning.kind === 'unknown' && meaning.taken ? 1 : 0,
				failed: [1, 1],
				code: meaning.kind === 'unknown' ? 'unknownOutcome' : meaning.code,
				extraRequests: uploads ? undefined : 0,
			};
		}
	}
}
