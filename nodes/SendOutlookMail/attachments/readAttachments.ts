import { placeFiles, type AttachedFile, type NamedFile } from './attachedFiles';
import { contentOf, type Content } from './content';
import { imageReferences } from './imageReferences';
import { itemFiles, type BinaryContext } from './itemFiles';
import { listFiles, type ListedFile } from './listedFiles';
import { contentTypeOf, nameOf, tellApart } from './names';
import { refuse, warn } from './remarks';
import { shorten, type Refusal, type Warning } from '../mail/issues';

/** What the parameters of a mail say about its files. */
export interface AttachmentParameters {
	/** The option, as n8n evaluated it. */
	attachments: unknown;
	/** The HTML that may show images; empty for a text body, which shows none. */
	html: string;
}

export interface AttachmentReading {
	files: AttachedFile[];
	refusals: Refusal[];
	warnings: Warning[];
}

/**
 * The files of one mail, with their sizes and places, or why they cannot go. Their contents are not
 * read: that is for the mail's turn.
 */
export async function readAttachments(
	context: BinaryContext,
	itemIndex: number,
	{ attachments, html }: AttachmentParameters,
): Promise<AttachmentReading> {
	const item = itemFiles(context, itemIndex);
	const listed = listFiles(attachments, item);
	const { files, refusals } = await measure(context, listed.files);
	const named = nameFiles(files);
	const unlisted = item.fields.filter(
		(field) => !listed.files.some((file) => file.field === field),
	);
	const placed = placeFiles(named, imageReferences(html), unlisted);
	return {
		files: placed.files,
		refusals: [...listed.refusals, ...refusals, ...placed.refusals],
		warnings: [...listed.warnings, ...named.flatMap(remarksOn), ...placed.warnings],
	};
}

type MeasuredFile = ListedFile & Content;

async function measure(
	context: BinaryContext,
	listed: readonly ListedFile[],
): Promise<{ files: MeasuredFile[]; refusals: Refusal[] }> {
	const files: MeasuredFile[] = [];
	const refusals: Refusal[] = [];
	for (const file of listed) {
		try {
			files.push({ ...file, ...(await contentOf(context, file.field, file.data)) });
		} catch {
			// Whatever the store said, the designer can only have the file made again.
			const { position, field } = file;
			refusals.push(
				refuse(
					'n8n can no longer read the stored file of this field.',
					'Run the node that makes the file again, and keep binary data as long as executions wait.',
					{ position, value: field },
				),
			);
		}
	}
	return { files, refusals };
}

function nameFiles(files: readonly MeasuredFile[]): NamedFile[] {
	const names = tellApart(files.map(({ field, data }) => nameOf(field, data)));
	return files.map(({ field, data, size, read }, index) => ({
		field,
		originalName: data.fileName ?? '',
		name: names[index]!,
		contentType: contentTypeOf(data),
		size,
		read,
	}));
}

function remarksOn({ field, originalName, name, size }: NamedFile): Warning[] {
	const remarks: Warning[] = [];
	if (size === 0) remarks.push(warn(`The file in ${shorten(field)} is empty: it has 0 bytes.`));
	if (originalName === '') {
		remarks.push(
			warn(`The file in ${shorten(field)} has no name; it travels as ${shorten(name)}.`),
		);
	} else if (originalName !== name) {
		remarks.push(warn(`The file ${shorten(originalName)} travels as ${shorten(name)}.`));
	}
	return remarks;
}
