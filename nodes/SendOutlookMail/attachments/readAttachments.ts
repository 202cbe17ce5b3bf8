import type { MailFile } from '../mail/mail';
import { listNames, refusal, shorten, warning, type Refusal, type Warning } from '../mail/issues';
import { contentOf, contentTypeOf, nameOf, tellApart, type BinaryContext } from './file';
import { imageReferences } from './imageReferences';
import { itemFiles, listFiles, type ListedFile } from './itemFiles';

/** A file as the email carries it, before it is planned how it gets to Graph. */
export type AttachedFile = Omit<MailFile, 'travels'>;

interface Attachments {
	files: AttachedFile[];
	refusals: Refusal[];
	warnings: Warning[];
}

/**
 * The files of one email, with their sizes and places, or why they can't be sent. Their contents are not
 * read until the email is sent.
 *
 * @param attachments the option, as n8n evaluated it
 * @param html may show images; empty for a text body, which shows none
 */
export async function readAttachments(
	context: BinaryContext,
	itemIndex: number,
	{ attachments, html }: { attachments: unknown; html: string },
): Promise<Attachments> {
	const item = itemFiles(context, itemIndex);
	const listed = listFiles(attachments, item);
	const { files, refusals } = await describeFiles(context, listed.files);
	const unlisted = item.fields.filter(
		(field) => !listed.files.some((file) => file.field === field),
	);
	const placed = placeFiles(files, imageReferences(html), unlisted);
	return {
		files: placed.files,
		refusals: [...listed.refusals, ...refusals, ...placed.refusals],
		warnings: [...listed.warnings, ...files.flatMap(namingWarnings), ...placed.warnings],
	};
}

/** A file of an item, named and typed as it will be sent. */
interface NamedFile extends Pick<MailFile, 'field' | 'name' | 'contentType' | 'size' | 'read'> {
	/** Its name in n8n, by which a body may refer to it; empty if it has none. */
	originalName: string;
}

async function describeFiles(
	context: BinaryContext,
	listed: readonly ListedFile[],
): Promise<{ files: NamedFile[]; refusals: Refusal[] }> {
	const names = tellApart(listed.map(({ field, data }) => nameOf(field, data)));
	const files: NamedFile[] = [];
	const refusals: Refusal[] = [];
	for (const [index, { field, position, data }] of listed.entries()) {
		try {
			files.push({
				field,
				originalName: data.fileName ?? '',
				name: names[index]!,
				contentType: contentTypeOf(data),
				...(await contentOf(context, field, data)),
			});
		} catch {
			// Whatever the store said, the designer can only have the file made again.
			refusals.push(
				refusal('attachments', {
					cause: 'n8n can no longer read the stored file of this field.',
					remedy:
						'Run the node that makes the file again, and keep binary data as long as executions wait.',
					position,
					value: field,
				}),
			);
		}
	}
	return { files, refusals };
}

function namingWarnings({ field, originalName, name, size }: NamedFile): Warning[] {
	const warnings: Warning[] = [];
	const warn = (text: string) => warnings.push(warning('attachments', text));
	if (size === 0) warn(`The file in ${shorten(field)} is empty: it has 0 bytes.`);
	if (originalName === '') {
		warn(`The file in ${shorten(field)} has no name; it is sent as ${shorten(name)}.`);
	} else if (originalName !== name) {
		warn(`The file ${shorten(originalName)} is sent as ${shorten(name)}.`);
	}
	return warnings;
}

/**
 * Puts files into the places where the body refers to them, by their field or by their name; what
 * nobody refers to is attached. A file with two different references is sent twice, since an
 * attachment has one content ID, and readers compare it with the reference as it is written.
 *
 * @param unlisted fields of the item that the option does not name, for the remedy
 */
function placeFiles(
	files: readonly NamedFile[],
	references: readonly string[],
	unlisted: readonly string[],
): Attachments {
	const contentIds = new Map<NamedFile, string[]>();
	const refusals: Refusal[] = [];
	for (const reference of references) {
		const file = fileFor(reference, files);
		if (file) contentIds.set(file, [...(contentIds.get(file) ?? []), reference]);
		else refusals.push(withoutFile(reference, files, unlisted));
	}
	return {
		files: files.flatMap((file): AttachedFile[] => {
			const ids = contentIds.get(file);
			if (!ids) return [{ ...file, isInline: false }];
			return ids.map((contentId) => ({ ...file, isInline: true, contentId }));
		}),
		refusals,
		warnings: [...contentIds.keys()]
			.filter(({ contentType }) => !/^image\//i.test(contentType))
			.map(({ field, contentType }) =>
				warning(
					'attachments',
					`The body shows ${shorten(field)} as an image, but its MIME type is ${contentType}; some readers show nothing.`,
				),
			),
	};
}

function fileFor(reference: string, files: readonly NamedFile[]): NamedFile | undefined {
	// An empty reference would match a file that has no name.
	if (reference === '') return undefined;
	const spellings = [reference, percentDecoded(reference)];
	for (const key of ['field', 'originalName', 'name'] as const) {
		const file = files.find((candidate) => spellings.includes(candidate[key]));
		if (file) return file;
	}
	return undefined;
}

/** RFC 2392: in a URL, a content ID is percent-encoded. */
function percentDecoded(reference: string): string {
	try {
		return decodeURIComponent(reference);
	} catch {
		// A lone % is no encoding: the reference is meant as it is written.
		return reference;
	}
}

function withoutFile(
	reference: string,
	files: readonly NamedFile[],
	unlisted: readonly string[],
): Refusal {
	if (reference === '') {
		return refusal('body', {
			cause: 'The body shows an image without saying which: nothing follows cid:.',
			remedy: 'Write the name of an input data field or of a file after cid:, or remove the image.',
			value: 'cid:',
		});
	}
	const decoded = percentDecoded(reference);
	const names = files.flatMap(({ field, originalName }) => [field, originalName]).filter(Boolean);
	return refusal('body', {
		cause: 'The body shows an image for which there is no file.',
		remedy: unlisted.includes(decoded)
			? `The item has the field ${shorten(decoded)}: add it to Attachments.`
			: files.length === 0
				? 'Name the input data field with the image in Attachments, or remove the image from the body.'
				: `Refer to a file by its field or its name, or remove the image from the body. Attachments has: ${listNames(names.map(shorten))}.`,
		value: `cid:${reference}`,
	});
}
