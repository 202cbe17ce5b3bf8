import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { BinaryDataConfig, BinaryDataService, FileLocation } from 'n8n-core';
import type { IBinaryData } from 'n8n-workflow';

/** n8n-core's own container: another copy of the package would hold other services. */
const { Container } = createRequire(require.resolve('n8n-core'))('@n8n/di') as {
	Container: { set(type: unknown, service: unknown): void };
};

/** How n8n keeps binary data: in the item as base64, or on disk with an id in the item. */
export type BinaryMode = 'default' | 'filesystem';

/** n8n's own store of binary data, in a folder that lives as long as the test. */
export interface BinaryStore {
	/** Stores a file as n8n's nodes do, and returns what they put into the item. */
	keep(
		content: Buffer | Readable,
		file: { fileName?: string; mimeType: string; fileExtension?: string },
	): Promise<IBinaryData>;
	readonly folder: string;
	close(): Promise<void>;
}

/** @param inFolder of another process that keeps the files; without it, one of our own is made */
export async function openBinaryStore(mode: BinaryMode, inFolder?: string): Promise<BinaryStore> {
	const folder = inFolder ?? (await mkdtemp(join(tmpdir(), 'binary-data-')));
	const config = { mode, localStoragePath: folder } as BinaryDataConfig;
	const service = new BinaryDataService(
		config,
		{ error: () => {}, warn: () => {} } as never,
		{ info: () => {} } as never,
	);
	Container.set(BinaryDataConfig, config);
	Container.set(BinaryDataService, service);
	await service.init();
	const location = FileLocation.ofExecution('workflow-1', 'execution-1');
	return {
		keep: async (content, file) => await service.store(location, content, { data: '', ...file }),
		folder,
		close: async () => {
			if (inFolder === undefined) await rm(folder, { recursive: true });
		},
	};
}
