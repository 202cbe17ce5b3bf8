import { UnreadableFile } from './unreadableFile';
import type { DraftFile } from './uploadSession';

/**
 * The whole of a small file, in base64.
 *
 * @throws {UnreadableFile} also when it has not as many bytes as said
 */
export async function readBase64({ name, size, read }: Pick<DraftFile, 'name' | 'size' | 'read'>) {
	const content = Buffer.allocUnsafeSlow(size);
	let filled = 0;
	for await (const chunk of read()) {
		if (filled + chunk.length > size) throw sizeChanged(name);
		content.set(chunk, filled);
		filled += chunk.length;
	}
	if (filled !== size) throw sizeChanged(name);
	return content.toString('base64');
}

function sizeChanged(name: string): UnreadableFile {
	return new UnreadableFile(name, 'its size has changed.');
}
