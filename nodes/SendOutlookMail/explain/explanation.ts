import type { LinkedApp } from '../account/application';

/** What to say of a code. */
export interface Explanation {
	message: string;
	remedy: string;
	/** For the RoboMQ application: its operator acts, and it asks for no further permission. */
	roboMqRemedy?: string;
}

export function say(message: string, remedy: string, roboMqRemedy?: string): Explanation {
	return { message, remedy, ...(roboMqRemedy === undefined ? {} : { roboMqRemedy }) };
}

/** A table in which codes that say the same share a row, with spaces between them. */
export function byCode<Row>(rows: Readonly<Record<string, Row>>): Readonly<Record<string, Row>> {
	return Object.fromEntries(
		Object.entries(rows).flatMap(([codes, row]) => codes.split(' ').map((code) => [code, row])),
	);
}

/** The words for the person who uses this application. */
export function wordsFor(
	{ message, remedy, roboMqRemedy = remedy }: Explanation,
	{ application }: LinkedApp,
): { message: string; remedy: string } {
	return { message, remedy: application === 'roboMq' ? roboMqRemedy : remedy };
}
