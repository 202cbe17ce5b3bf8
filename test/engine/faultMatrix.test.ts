import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { Operation } from '#sandbox/index';
import {
	hires,
	startLinkedSandbox,
	WELCOME,
	type LinkedSandbox,
} from '#tools/engine/linkedSandbox';
import { CELLS, type Cell, type Position } from './faultMatrix/cells';
import { expectationOf, MAILS, STRUCK_AFTER } from './faultMatrix/expectation';
import { faultTable } from './faultMatrix/table';
import { nodeInVirtualTime } from './faultMatrix/virtualTime';

const DOCS = join(__dirname, '..', '..', 'docs', 'internal', 'fault-matrix.md');
/** The smallest file that needs an upload session. */
const FILE = Buffer.alloc(3 * 1024 * 1024 + 1, 'contract').toString('base64');

let linked: LinkedSandbox;
beforeAll(async () => {
	linked = await startLinkedSandbox({}, ['Mail.ReadWrite']);
});
beforeEach(() => {
	linked.sandbox.reset();
});
afterEach(async () => await linked.sandbox.faults.switchOff());
afterAll(async () => await linked.sandbox.close());

const OPERATION_AT: Record<Position, Operation> = {
	'first request': 'sendMail',
	'middle of a batch': 'sendMail',
	'during refresh': 'token',
	'new draft': 'uploadSession',
	'upload range': 'uploadRange',
};

/** Where emails have a file that is uploaded. */
const WITH_FILE: ReadonlySet<Position> = new Set(['new draft', 'upload range']);

function arrange({ fault, position, meaning, lanes }: Cell): void {
	const { name, settings } = fault;
	linked.sandbox.settings.uploadCasing = lanes === 1 ? 'camelCase' : 'PascalCase';
	if (name === 'refuseConnections') {
		linked.sandbox.faults.switchOn(name, { operation: OPERATION_AT[position] });
		return;
	}
	if (position === 'during refresh') {
		linked.sandbox.expireAccessTokens();
		const times = meaning.kind === 'noneGoes' ? {} : { times: 1 };
		linked.sandbox.faults.switchOn(name, { operation: 'token', ...times, ...settings });
		return;
	}
	const after = STRUCK_AFTER[position];
	const operation = OPERATION_AT[position];
	linked.sandbox.faults.switchOn(name, { operation, after, times: 1, ...settings });
}

/** One file is enough to be struck; where none is to arrive, every email has one. */
function itemsOf({ position, meaning }: Cell): INodeExecutionData[] {
	const [first, ...others] = hires(MAILS[position]).map((item): INodeExecutionData => {
		const contract = { data: FILE, mimeType: 'application/pdf', fileName: 'contract.pdf' };
		return WITH_FILE.has(position) ? { ...item, binary: { contract } } : item;
	});
	if (meaning.kind === 'noneGoes') return [first!, ...others];
	return [first!, ...others.map(({ json }) => ({ json }))];
}

interface Measured {
	accepted: number;
	failed: number;
	notTried: number;
	codes: string[];
}

/** From the output items, or from the error that stands for the whole batch. */
function measure(
	{ items, error }: Awaited<ReturnType<LinkedSandbox['run']>>,
	mails: number,
): Measured {
	if (!error) {
		const failures = items.flatMap(({ json }) => (json.error ? [json.details as IDataObject] : []));
		return {
			accepted: items.filter(({ json }) => json.status === 'accepted').length,
			failed: failures.length,
			notTried: 0,
			codes: failures.map(codeOf),
		};
	}
	const description = String(error.description);
	const accepted = Number(/(\d+) of \d+ emails were accepted/.exec(description)?.[1]);
	const listed = (title: RegExp) => title.exec(description)?.[1]?.split(', ').length ?? 0;
	const notTried = listed(/Not tried: items? ([\d, ]+)\./);
	return {
		accepted,
		failed: mails - accepted - notTried,
		notTried,
		codes: [codeOf(error.context?.details as IDataObject)],
	};
}

function codeOf({ code, aadsts }: IDataObject): string {
	return [code, aadsts].filter(Boolean).join(' ');
}

function hung(): number {
	return linked.sandbox.faults.list().reduce((sum, { struck }) => sum + struck, 0);
}

const named = CELLS.map((cell) => {
	const { fault, position, continueOnFail, lanes } = cell;
	const name = `${fault.title}, ${position}, ${continueOnFail ? 'continue on fail' : 'stop'}, ${lanes === 1 ? 'one lane' : 'four lanes'}`;
	return [name, cell] as const;
});

test.each(named)('%s', async (_name, cell) => {
	const expected = expectationOf(cell);
	const mails = MAILS[cell.position];
	arrange(cell);
	const result = await linked.run({
		parameters: {
			...WELCOME,
			options: {
				simultaneous: cell.lanes,
				...(WITH_FILE.has(cell.position) ? { attachments: '*' } : {}),
			},
		},
		items: itemsOf(cell),
		// Nothing waits for real: neither between attempts, nor for a lane, nor for an answer that never comes.
		nodeType: nodeInVirtualTime(cell.fault.name.startsWith('hang') ? hung : undefined),
		...(cell.continueOnFail ? { onError: 'continueRegularOutput' } : {}),
	});
	const measured = measure(result, mails);
	const { outbox, requests } = linked.sandbox;

	expect(measured.accepted).toBeGreaterThanOrEqual(expected.accepted[0]);
	expect(measured.accepted).toBeLessThanOrEqual(expected.accepted[1]);
	expect(measured.failed).toBeGreaterThanOrEqual(expected.failed[0]);
	expect(measured.failed).toBeLessThanOrEqual(expected.failed[1]);
	expect(new Set(measured.codes)).toEqual(new Set(expected.code ? [expected.code] : []));
	expect(measured.accepted + measured.failed + measured.notTried).toBe(mails);
	const subjects = outbox.map(({ message }) => message.subject);
	expect(subjects).toHaveLength(measured.accepted + expected.alsoInOutbox);
	expect(new Set(subjects).size).toBe(subjects.length);
	if (expected.extraRequests !== undefined) {
		const sent = requests.filter(({ host, path }) => host === 'graph' && /sendMail$/.test(path));
		// An expired token costs each mail that was under way one request more, and then none.
		const refused = sent.filter(({ status }) => status === 401).length;
		const renewing = cell.position === 'during refresh' ? refused : 0;
		expect(sent.length - renewing).toBe(
			measured.accepted + measured.failed + expected.extraRequests,
		);
	}
});

test('the page of the docs is this table', async () => {
	if (process.env.WRITE_DOCS) await writeFile(DOCS, faultTable());
	expect(await readFile(DOCS, 'utf8')).toBe(faultTable());
});
