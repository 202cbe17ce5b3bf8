import { join } from 'node:path';
import { openBinaryStore } from '../engine/binaryStore';
import { generatedFile } from '../engine/generatedFile';
import { startLinkedSandbox } from '../engine/linkedSandbox';
import type { Job, Measurement } from './attachments/job';
import { Obstacle } from '../kit/obstacle';
import { inChild } from './inChild';

const CHILD = join(__dirname, 'attachments', 'child.ts');

const MEGABYTE = 1024 * 1024;

const SIZES = [1, 10, 50, 140];

/** Of these runs, the median counts. */
const RUNS = 3;

/** What issue 3 allows from 10 to 140 MB. */
const GROWTH_LIMIT = 16 * MEGABYTE;

/** Memory while files of several sizes are sent. */
export async function run(): Promise<void> {
	const linked = await startLinkedSandbox({}, ['Mail.ReadWrite']);
	const store = await openBinaryStore('filesystem');
	linked.sandbox.directory.mailboxes.adele.messageSizeLimit = 151 * MEGABYTE;
	const medians = new Map<number, number>();
	try {
		write('| file | before | peak | more | time |', '| --- | --- | --- | --- | --- |');
		for (const size of SIZES) {
			const { content, sha256 } = generatedFile(size * MEGABYTE);
			const file = await store.keep(content(), { mimeType: 'video/mp4', fileName: 'film.mp4' });
			const runs: Measurement[] = [];
			while (runs.length < RUNS) {
				linked.sandbox.reset();
				runs.push(
					await inChild<Job, Measurement>(CHILD, {
						credential: linked.store.find('customer'),
						folder: store.folder,
						file,
					}),
				);
				if (linked.sandbox.outbox.at(-1)?.attachments[0]?.sha256 !== sha256) {
					throw new Error(`The file of ${size} MB arrived changed`);
				}
			}
			const median = runs.sort((a, b) => a.peak - a.before - (b.peak - b.before))[1]!;
			medians.set(size, median.peak);
			write(
				`| ${size} MB | ${megabytes(median.before)} | ${megabytes(median.peak)} | ${megabytes(median.peak - median.before)} | ${(median.milliseconds / 1000).toFixed(1)} s |`,
			);
		}
	} finally {
		await Promise.all([linked.sandbox.close(), store.close()]);
	}
	const growth = medians.get(140)! - medians.get(10)!;
	write(
		'',
		`From 10 to 140 MB the peak grows by ${megabytes(growth)}; at most ${megabytes(GROWTH_LIMIT)} are allowed.`,
	);
	if (growth >= GROWTH_LIMIT) throw new Obstacle('The peak grows by more than is allowed.');
}

function megabytes(bytes: number): string {
	return `${(bytes / MEGABYTE).toFixed(1)} MB`;
}

function write(...lines: string[]): void {
	process.stdout.write(`${lines.join('\n')}\n`);
}
