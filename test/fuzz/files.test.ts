import fc from 'fast-check';
import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';
import { readAttachments } from '#node/attachments/readAttachments';
import type { BinaryContext } from '#node/attachments/file';
import { REPEAT, SEED } from './seed';

/** IDs of files that n8n stores: some of this item, one of another workflow. */
const OWN_IDS = ['filesystem-v2:workflows/1/executions/2/binary_data/own'];
const FOREIGN_ID = 'filesystem-v2:workflows/9/executions/9/binary_data/foreign';

const fieldName = fc.constantFrom(
	'data',
	'contract',
	'__proto__',
	'constructor',
	'*',
	'',
	'a.b',
	'_files',
);

/** Looks like a file, more or less. */
const fileLike = fc.oneof(
	fc.record(
		{
			id: fc.oneof(fc.constantFrom(FOREIGN_ID, ...OWN_IDS, '', '../../etc/passwd'), fc.jsonValue()),
			data: fc.oneof(
				fc.constantFrom('', 'aGVsbG8=', 'filesystem-v2', '*'),
				fc.string(),
				fc.jsonValue(),
			),
			mimeType: fc.oneof(fc.constantFrom('text/plain', 'image/png'), fc.string(), fc.jsonValue()),
			fileName: fc.oneof(
				fc.constantFrom('contract.pdf', '../../x', 'a\r\nb'),
				fc.string(),
				fc.jsonValue(),
			),
			fileSize: fc.jsonValue(),
		},
		{ requiredKeys: [] },
	),
	fc.jsonValue(),
);

const files = fc.oneof(
	{ weight: 5, arbitrary: fc.dictionary(fieldName, fileLike, { noNullPrototype: false }) },
	{ weight: 1, arbitrary: fc.jsonValue() },
);

/** JSON as an HTTP answer or a row may be. */
const json = fc.oneof(
	fc.record({ _files: files, data: fileLike }, { requiredKeys: ['_files'] }),
	fc.record({ binary: files, files }),
);

/** What n8n itself holds for the item. */
const ownBinary = fc.dictionary(
	fc.constantFrom('data', 'contract', 'logo'),
	fc.constantFrom<IBinaryData>(
		{ data: Buffer.from('own').toString('base64'), mimeType: 'text/plain', fileName: 'own.txt' },
		{ data: 'filesystem-v2', id: OWN_IDS[0]!, mimeType: 'image/png', fileName: 'own.png' },
	),
);

const option = fc.oneof(
	fc.constantFrom('*', 'data', 'contract,data', '_files', '_files.data', 'a.b', '["*"]', ''),
	fc.array(fc.oneof(fieldName, fileLike)),
	fileLike,
	fc.jsonValue(),
);

function contextOf(item: INodeExecutionData, asked: string[]): BinaryContext {
	const known = async <T>(id: string, answer: T) => {
		asked.push(id);
		return await (OWN_IDS.includes(id) || id === FOREIGN_ID
			? Promise.resolve(answer)
			: Promise.reject(new Error('not stored')));
	};
	return {
		getInputData: () => [item],
		helpers: {
			assertBinaryData: () => {
				throw new Error('no such file');
			},
			getBinaryMetadata: async (id: string) => await known(id, { fileSize: 3 }),
			getBinaryStream: async (id: string) => await known(id, [] as never),
		} as never,
	};
}

test(`JSON supplies no file and replaces none, whatever it looks like (${REPEAT})`, async () => {
	await fc.assert(
		fc.asyncProperty(json, ownBinary, option, async (itemJson, binary, attachments) => {
			const asked: string[] = [];
			const item = { json: itemJson, binary } as INodeExecutionData;
			const { files: attached, refusals } = await readAttachments(contextOf(item, asked), 0, {
				attachments,
				html: '',
			});
			for (const id of asked) expect(OWN_IDS).toContain(id);
			// An expression of the designer may give a file of the item another name.
			for (const { size } of attached) expect(size).toBe(3);
			if (typeof attachments === 'string') {
				expect(attached.length).toBeLessThanOrEqual(Object.keys(binary).length);
				for (const { name } of attached) expect(name).toMatch(/^own(?: \(\d\))?\.(?:txt|png)$/);
			}
			for (const { cause, remedy } of refusals) expect(`${cause}${remedy}`).toMatch(/\S/);
		}),
		{ seed: SEED, numRuns: 3_000, interruptAfterTimeLimit: 30_000 },
	);
}, 60_000);
