import { subscribe } from 'node:diagnostics_channel';
import type { INodeExecutionData } from 'n8n-workflow';
import { CredentialStore } from '../../engine/credentialStore';
import { runWorkflow } from '../../engine/runWorkflow';
import { answerOneJob } from '../inChild';
import type { BodySource, Job, Measurement } from './job';

const PARAGRAPH = 'Good morning, and welcome to the team. Your first day begins at nine. ';
const TEXT = PARAGRAPH.repeat(Math.ceil(20_000 / PARAGRAPH.length)).slice(0, 20_000);

const BODIES: Record<BodySource, string> = {
	literal: `<p>${TEXT}</p>`,
	expression: `=<p>{{ $json.name }}</p><p>${TEXT}</p>`,
	field: '={{ $json.letter }}',
};

answerOneJob(measure);

async function measure({ credential, items: count, source }: Job): Promise<Measurement> {
	const store = new CredentialStore();
	const details = store.add(credential);
	const run = async (items: INodeExecutionData[]) => {
		const result = await runWorkflow({
			store,
			credential: details,
			parameters: {
				to: '={{ $json.address }}',
				subject: '=Welcome, {{ $json.name }}',
				body: BODIES[source],
			},
			items,
		});
		if (result.error) throw result.error;
		return result;
	};
	// Everything that is loaded or compiled at the first mails is there by now.
	await run(itemsOf(20, source));

	const items = itemsOf(count, source);
	const before = heap();
	const heaps = heapsAtRequests([1, Math.ceil(count / 2), count]);
	const { run: kept } = await run(items);
	const output = heap();
	const [checked, half, last] = heaps as [number, number, number];
	if (outputOf(kept) !== count) throw new Error('Not every mail was accepted');
	return {
		checked: checked - before,
		half: half - before,
		last: last - before,
		output: output - before,
	};
}

/** The heap when the requests with these numbers leave, of which Node.js tells. */
function heapsAtRequests(numbers: readonly number[]): readonly number[] {
	const heaps: number[] = [];
	let requests = 0;
	subscribe('http.client.request.start', () => {
		if (numbers.includes(++requests)) heaps.push(heap());
	});
	return heaps;
}

function itemsOf(count: number, source: BodySource): INodeExecutionData[] {
	return Array.from({ length: count }, (_, index) => ({
		json: {
			name: `Hire ${index + 1}`,
			address: `hire${index + 1}@contoso.example`,
			...(source === 'field' ? { letter: flat(`<p>${index}</p><p>${TEXT}</p>`) } : {}),
		},
	}));
}

/** As it would come from a file or an answer: not a text of parts that others have too. */
function flat(text: string): string {
	return Buffer.from(text).toString();
}

function outputOf(run: Awaited<ReturnType<typeof runWorkflow>>['run']): number {
	return run.data.resultData.runData['Send Outlook Mail']?.[0]?.data?.main?.[0]?.length ?? 0;
}

function heap(): number {
	globalThis.gc?.();
	return process.memoryUsage().heapUsed;
}
