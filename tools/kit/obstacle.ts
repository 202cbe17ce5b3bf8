/** Why the demo cannot go on: one sentence for the person at the keyboard, then any detail. */
export class Obstacle extends Error {
	override readonly name = 'Obstacle';

	constructor(
		sentence: string,
		/** For instance the last lines of a log. */
		readonly detail: string = '',
		options?: ErrorOptions,
	) {
		super(sentence, options);
	}
}

/** The end of a long text, for the detail of an obstacle. */
export function lastLines(text: string, count = 20): string {
	return text.trimEnd().split('\n').slice(-count).join('\n');
}
