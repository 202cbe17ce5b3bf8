const MEGABYTE = 1024 * 1024;

/** What a mail with files may measure, in bytes. *D*: Microsoft's documents; *R*: reported by users. */
export const ATTACHMENT_LIMITS = {
	/** A request to Graph, files in base64 and all. learn.microsoft.com/graph/api/user-sendmail. D */
	request: 4 * MEGABYTE,
	/** From here on a file takes an upload session. learn.microsoft.com/graph/outlook-large-attachments. D */
	uploadSession: 3 * MEGABYTE,
	/** learn.microsoft.com/graph/outlook-large-attachments. D */
	file: 150 * MEGABYTE,
	/** What an admin can raise a mailbox to; Exchange Online limits, "Message size limits". D */
	mail: 150 * MEGABYTE,
	/** What a mailbox sends unless an admin raised it; same source. D */
	usualMailbox: 35 * MEGABYTE,
} as const;

/** File systems of recipients take no longer names: NTFS and ext4 alike. */
export const NAME_CHARACTERS = 255;

/** A size for people: `812 bytes`, `3.4 KB`, `12.0 MB`; 1 MB is 1,048,576 bytes. */
export function formatBytes(bytes: number): string {
	if (bytes < 1024) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
	return bytes < MEGABYTE
		? `${(bytes / 1024).toFixed(1)} KB`
		: `${(bytes / MEGABYTE).toFixed(1)} MB`;
}

/** A size above a limit, so that the two never read the same. */
export function formatBytesOver(bytes: number, limit: number): string {
	const text = formatBytes(bytes);
	return text === formatBytes(limit) ? `a little more than ${text}` : text;
}
