import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGE_FOLDER } from '../../kit/folders';
import { runNpm } from '../../kit/run';
import { failed, ok, type Step } from '../step';
import { judgeContents } from '../tarball/contents';

interface PackedTarball {
	filename: string;
	size: number;
	unpackedSize: number;
	files: Array<{ path: string }>;
}

/** Packs what is published, and looks at its list of files. */
export const pack: Step = {
	name: 'pack',
	claim: 'the tarball holds dist, README, LICENSE, CHANGELOG and nothing else',
	run: async (release) => {
		const { outputFolder, manifest } = release;
		await rm(outputFolder, { recursive: true, force: true });
		await mkdir(outputFolder, { recursive: true });
		const { status, output, messages } = await runNpm(
			PACKAGE_FOLDER,
			'pack',
			'--json',
			'--ignore-scripts',
			'--pack-destination',
			outputFolder,
		);
		const [packed] = status === 0 ? (JSON.parse(output) as PackedTarball[]) : [];
		if (!packed) return failed('npm could not pack it', messages.trim().split('\n'));
		release.tarball = join(outputFolder, packed.filename);
		const faults = judgeContents(
			packed.files.map(({ path }) => path),
			manifest,
		);
		if (faults.length > 0) return failed(`${faults.length} files are wrong`, faults);
		const kilobytes = (bytes: number) => `${Math.round(bytes / 1024)} KB`;
		return ok(
			`${packed.files.length} files, ${kilobytes(packed.size)}, unpacked ${kilobytes(packed.unpackedSize)}`,
		);
	},
};
