import assert from 'node:assert/strict';
import { inflateSync } from 'node:zlib';
import { importExample } from '../../n8n/examples';
import { execute, type Execution } from '../../n8n/executions';
import type { LinkedOutlookAccount } from '../../n8n/outlookAccounts';
import type { Stage } from '../../n8n/stage';

/** Runs examples/welcome-with-logo.json: what was previewed is what arrives, and both files are real. */
export async function checkLogoAndPdf(
	{ sandbox, session }: Stage,
	accounts: readonly LinkedOutlookAccount[],
	keep: (execution: Execution) => void,
): Promise<string> {
	const before = sandbox.outbox.length;
	const credentials = accounts.map(({ credential }) => credential);
	const workflow = await importExample(session, 'welcome-with-logo', credentials);
	const execution = await execute(session, workflow);
	keep(execution);
	assert.equal(execution.status, 'success', execution.error?.message);

	const previews = execution.outputOf('Preview').map(({ json }) => json);
	const [mail, ...others] = sandbox.outbox.slice(before);
	assert.equal(previews.length, 1);
	assert.deepEqual(others, []);
	assert.ok(mail, 'No mail left');
	const { attachments: _files, ...message } = mail.message;
	assert.deepEqual(previews[0]?.message, message);
	const [logo, pdf] = mail.attachments;
	assert.deepEqual(
		[logo?.name, logo?.isInline, logo?.contentId, pdf?.name, pdf?.isInline],
		['logo.png', true, 'logo', 'First day of Käthe.pdf', false],
	);
	assert.ok(logo?.content && pdf?.content);
	requirePng(logo.content);
	requirePdf(pdf.content);
	return `${mail.attachments.length} files`;
}

/** As far as its pixels: PNG specification, 2nd edition, clauses 5 and 10. */
function requirePng(png: Buffer): void {
	assert.equal(png.subarray(1, 4).toString(), 'PNG');
	const data = png.indexOf('IDAT');
	const pixels = inflateSync(png.subarray(data + 4, data + 4 + png.readUInt32BE(data - 4)));
	assert.equal(pixels.length, (png.readUInt32BE(16) + 1) * png.readUInt32BE(20));
}

/** As far as its table of objects, which is where the file says (ISO 32000-1, 7.5). */
function requirePdf(pdf: Buffer): void {
	const text = pdf.toString('latin1');
	const table = Number(/startxref\n(\d+)\n%%EOF/.exec(text)?.[1]);
	assert.ok(text.startsWith('%PDF-1.') && text.slice(table).startsWith('xref\n'));
	const places = [...text.slice(table).matchAll(/^(\d{10}) 00000 n/gm)];
	for (const [index, [, place]] of places.entries()) {
		assert.ok(text.slice(Number(place)).startsWith(`${index + 1} 0 obj\n`));
	}
}
