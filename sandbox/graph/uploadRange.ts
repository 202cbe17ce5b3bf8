import { GraphRefusal } from './graphError';
import { LIMITS } from './limits';
import type { UploadSession } from './uploadSession';

/** Takes the next bytes of a file: in order, without gaps, each range below 4 MB. @cites uploadRanges */
export function takeRange(
	session: UploadSession,
	contentRange: string | undefined,
	body: Buffer,
): void {
	const match = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(contentRange ?? '');
	if (match === null) {
		throw new GraphRefusal(
			400,
			'InvalidContentRange',
			`The Content-Range header '${contentRange ?? ''}' is not 'bytes first-last/total'.`,
		);
	}
	const [first, last, total] = match.slice(1).map(Number) as [number, number, number];
	const length = last - first + 1;
	if (total !== session.item.size || last >= total || length !== body.length) {
		throw new GraphRefusal(
			400,
			'InvalidContentRange',
			`The Content-Range header '${contentRange}' fits neither the body of ${body.length} bytes nor the file of ${session.item.size}.`,
		);
	}
	if (length >= LIMITS.rangeBytes) {
		throw new GraphRefusal(413, 'RequestEntityTooLarge', 'Each range must be below 4 MB.');
	}
	if (first !== session.received) {
		throw new GraphRefusal(
			416,
			'InvalidRange',
			`The next expected range is '${session.received}-'.`,
		);
	}
	session.hash.update(body);
	session.received += length;
}
