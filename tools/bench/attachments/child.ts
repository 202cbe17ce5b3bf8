import { CredentialStore } from '../../engine/credentialStore';
import { openBinaryStore } from '../../engine/binaryStore';
import { runWorkflow } from '../../engine/runWorkflow';
import { answerOneJob } from '../inChild';
import type { Job, Measurement } from './job';
import { watchPeakMemory } from './peakMemory';

// Runs one mail in n8n's engine, in a process of its own, and measures this process alone: sandbox
// and file are another's.
answerOneJob(send);

async function send({ credential, folder, file }: Job): Promise<Measurement> {
	await openBinaryStore('filesystem', folder);
	const store = new CredentialStore();
	const details = store.add(credential);
	const run = async (binary: Job['file'] | undefined) => {
		const { error } = await runWorkflow({
			store,
			credential: details,
			parameters: {
				to: 'jane@contoso.example',
				subject: 'Welcome',
				bodyType: 'html',
				body: '<p>Hello</p>',
				options: { attachments: '*' },
			},
			items: [{ json: {}, ...(binary ? { binary: { file: binary } } : {}) }],
		});
		if (error) throw error;
	};
	// Everything that is loaded at the first mail is loaded by now.
	await run(undefined);
	globalThis.gc?.();
	const before = process.memoryUsage.rss();
	const peak = watchPeakMemory();
	const started = performance.now();
	await run(file);
	return { before, peak: peak(), milliseconds: performance.now() - started };
}
