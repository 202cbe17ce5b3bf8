import { join } from 'node:path';
import { startLinkedSandbox } from '../engine/linkedSandbox';
import { readOptions } from '../kit/commandLine';
import { inChild } from './inChild';
import type { BodySource, Job, Measurement } from './items/job';

const CHILD = join(__dirname, 'items', 'child.ts');

const SOURCES: Record<BodySource, string> = {
	literal: 'the same text for all',
	expression: 'an expression for each',
	field: 'a field of the item',
};

const USAGE = `npm run bench items [-- options]

What the node holds while it sends, in n8n's own engine. The sandbox is this process; each run is another.

  --items A,B   emails of each run; 500,2000,5000 without it`;

export async function run(given: readonly string[]): Promise<void> {
	const values = readOptions(given, USAGE, {
		items: { type: 'string', default: '500,2000,5000' },
	});
	const linked = await startLinkedSandbox();
	try {
		write(
			'| body of 20 KB | emails | all checked | half sent | last one leaves | n8n’s output | an email, checked |',
			'| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
		);
		for (const source of Object.keys(SOURCES) as BodySource[]) {
			for (const items of values.items.split(',').map(Number)) {
				linked.sandbox.reset();
				const credential = linked.store.find('customer');
				const measured = await inChild<Job, Measurement>(CHILD, { credential, items, source });
				if (linked.sandbox.outbox.length !== items + 20) throw new Error('Not every mail arrived');
				write(row(source, items, measured));
			}
		}
	} finally {
		await linked.sandbox.close();
	}
}

function row(source: BodySource, items: number, measured: Measurement): string {
	const { checked, half, last, output } = measured;
	return `| ${[
		SOURCES[source],
		items,
		...[checked, half, last, output].map((bytes) => `${(bytes / 1e6).toFixed(1)} MB`),
		`${(checked / items / 1000).toFixed(1)} KB`,
	].join(' | ')} |`;
}

function write(...lines: string[]): void {
	process.stdout.write(`${lines.join('\n')}\n`);
}
