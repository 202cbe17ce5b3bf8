const MEGABYTE = 1024 * 1024;

/** Limits of Graph itself; those of a mailbox are kept with the mailbox. */
export const LIMITS = {
	/** @cites requestLimit */
	requestBytes: 4 * MEGABYTE,
	/** A file from here on needs an upload session. @cites largeFileThroughDraft, smallSessionRefused */
	uploadSessionFromBytes: 3 * MEGABYTE,
	/** @cites largeFileThroughDraft */
	uploadSessionToBytes: 150 * MEGABYTE,
	/** Each range is below it. @cites uploadRanges */
	rangeBytes: 4 * MEGABYTE,
	/** @cites fiveHeaders */
	customHeaders: 5,
} as const;
