const MEGABYTE = 1024 * 1024;

/** Limits of Graph itself; those of a mailbox stand at the mailbox. */
export const LIMITS = {
	/** learn.microsoft.com/graph/api/user-sendmail and outlook-large-attachments. D */
	requestBytes: 4 * MEGABYTE,
	/** A file from here on needs an upload session, below it a session is refused. D / R */
	uploadSessionFromBytes: 3 * MEGABYTE,
	/** learn.microsoft.com/graph/outlook-large-attachments. D */
	uploadSessionToBytes: 150 * MEGABYTE,
	/** Each range is below 4 MB. D */
	rangeBytes: 4 * MEGABYTE,
	/** learn.microsoft.com/graph/api/resources/internetmessageheader. R */
	customHeaders: 5,
} as const;
