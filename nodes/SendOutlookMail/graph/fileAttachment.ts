import type { AttachmentItem, FileAttachment } from '@microsoft/microsoft-graph-types';

/** A file for Graph, its content aside. */
export interface FileDescription {
	name: string;
	contentType: string;
	isInline: boolean;
	contentId?: string;
}

/** A file with its content, as a message or a request of its own carries it. */
export type FileAttachmentBody = FileAttachment & { '@odata.type': string };

/** @param contentBytes base64 */
export function toFileAttachment(file: FileDescription, contentBytes: string): FileAttachmentBody {
	return {
		'@odata.type': '#microsoft.graph.fileAttachment',
		name: file.name,
		contentType: file.contentType,
		...placeOf(file),
		contentBytes,
	};
}

/** What an upload session has to know of a file before it comes. */
export function toAttachmentItem(file: FileDescription & { size: number }): AttachmentItem {
	return {
		attachmentType: 'file',
		name: file.name,
		size: file.size,
		contentType: file.contentType,
		...placeOf(file),
	};
}

/** Only said of files within the body: attached is Graph's own default. */
function placeOf({ isInline, contentId }: FileDescription): {
	isInline?: true;
	contentId?: string;
} {
	if (!isInline) return {};
	return { isInline: true, ...(contentId === undefined ? {} : { contentId }) };
}
