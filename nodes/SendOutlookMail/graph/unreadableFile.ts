/** A file of a mail that cannot be read when the mail's turn has come. */
export class UnreadableFile extends Error {
	override readonly name = 'UnreadableFile';

	/**
	 * @param file the name under which the designer knows it
	 * @param reason what is the matter with it; one sentence
	 */
	constructor(
		readonly file: string,
		reason: string,
		cause?: unknown,
	) {
		super(reason, { cause });
	}
}
