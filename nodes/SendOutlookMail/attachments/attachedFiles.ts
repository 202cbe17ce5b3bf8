import type { Content } from './content';
import { listNames, shorten, type Refusal, type Warning } from '../mail/issues';
import { warn } from './remarks';

/** A file of an item, named and typed as it will travel. */
export interface NamedFile extends Content {
	/** The input data field that holds it. */
	field: string;
	/** Its name in n8n, by which a body may refer to it; empty if it has none. */
	originalName: string;
	name: string;
	contentType: string;
}

/** A file as the mail carries it: within the body where a `cid:` says so, else attached. */
export interface AttachedFile extends NamedFile {
	isInline: boolean;
	/** Only if inline: exactly what stands behind `cid:` in the body. */
	contentId?: string;
}

/**
 * Puts files into the places where the body refers to them, by their field or by their name; what
 * nobody refers to is attached. A file with two different references travels twice, since an
 * attachment has one content ID, and readers compare it with the reference as it is written.
 *
 * @param unlisted fields of the item that the option does not name, for the remedy
 */
export function placeFiles(
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
				warn(
					`The body shows ${shorten(field)} as an image, but its MIME type is ${contentType}; some readers show nothing.`,
				),
			),
	};
}

function fileFor(reference: string, files: readonly NamedFile[]): NamedFile | undefined {
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
		// A lone % is no encoding: the reference is meant as it stands.
		return reference;
	}
}

function withoutFile(
	reference: string,
	files: readonly NamedFile[],
	unlisted: readonly string[],
): Refusal {
	const decoded = percentDecoded(reference);
	const remedy = unlisted.includes(decoded)
		? `The item has the field ${shorten(decoded)}: add it to Attachments.`
		: files.length === 0
			? 'Name the input data field with the image in Attachments, or remove the image from the body.'
			: `Refer to a file by its field or its name, or remove the image from the body. Attachments has: ${listNames(files.flatMap(({ field, originalName }) => (originalName === '' ? [field] : [field, originalName])))}.`;
	return {
		field: 'Body',
		parameter: 'body',
		value: `cid:${shorten(reference)}`,
		cause: 'The body shows an image for which there is no file.',
		remedy,
	};
}
