import type { MailFile } from '../mail/mail';
import {
	listNames,
	refusal,
	shorten,
	warning,
	type Fault,
	type Refusal,
	type Warning,
} from '../mail/issues';
import {
	contentOf,
	contentTypeOf,
	nameOf,
	tellApart,
	type BinaryContext,
	type Content,
} from './file';
import { imageReferences } from './imageReferences';
import { itemFiles, listFiles, type ListedFile } from './itemFiles';

/** A file as the email carries it, before it is planned how it gets to Graph. */
export interface AttachedFile extends Omit<MailFile, 'travels'> {
	/** The input data field that holds it. */
	field: string;
}

/** What the parameters of an email say about its files. */
interface AttachmentParameters {
	/** The option, as n8n evaluated it. */
	attachments: unknown;
	/** The HTML that may show images; empty for a text body, which shows none. */
	html: string;
}

interface AttachmentReading {
	files: AttachedFile[];
	refusals: Refusal[];
	warnings: Warning[];
}

/**
 * The files of one email, with their sizes and places, or why they can't be sent. Their contents are not
 * read until the email is sent.
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
		warnings: [...listed.warnings, ...named.flatMap(namingWarnings), ...placed.warnings],
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

function namingWarnings({ field, originalName, name, size }: NamedFile): Warning[] {
	const warnings: Warning[] = [];
	if (size === 0)
		warnings.push(
			warning('attachments', `The file in ${shorten(field)} is empty: it has 0 bytes.`),
		);
	if (originalName === '') {
		warnings.push(
			warning(
				'attachments',
				`The file in ${shorten(field)} has no name; it is sent as ${shorten(name)}.`,
			),
		);
	} else if (originalName !== name) {
		warnings.push(
			warning('attachments', `The file ${shorten(originalName)} is sent as ${shorten(name)}.`),
		);
	}
	return warnings;
}

/** A file of an item, named and typed as it will be sent. */
interface NamedFile extends Content {
	/** The input data field that holds it. */
	field: string;
	/** Its name in n8n, by which a body may refer to it; empty if it has none. */
	originalName: string;
	name: string;
	contentType: string;
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
): { files: AttachedFile[]; refusals: Refusal[]; warnings: Warning[] } {
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

const EMPTY_REFERENCE: Fault = {
	cause: 'The body shows an image without saying which: nothing follows cid:.',
	remedy: 'Write the name of an input data field or of a file after cid:, or remove the image.',
};

function withoutFile(
	reference: string,
	files: readonly NamedFile[],
	unlisted: readonly string[],
): Refusal {
	if (reference === '') return refusal('body', { ...EMPTY_REFERENCE, value: 'cid:' });
	const decoded = percentDecoded(reference);
	const remedy = unlisted.includes(decoded)
		? `The item has the field ${shorten(decoded)}: add it to Attachments.`
		: files.length === 0
			? 'Name the input data field with the image in Attachments, or remove the image from the body.'
			: `Refer to a file by its field or its name, or remove the image from the body. Attachments has: ${listNames(files.flatMap(({ field, originalName }) => (originalName === '' ? [field] : [field, originalName])))}.`;
	const cause = 'The body shows an image for which there is no file.';
	return refusal('body', { cause, remedy, value: `cid:${reference}` });
}
