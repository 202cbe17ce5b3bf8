import { CELLS, type Cell } from './cells';
import { expectationOf, MAILS, type Range } from './expectation';

const HEAD = `# Fault matrix

What becomes of a batch of emails when one request meets a fault. Written by \`npm run docs:build -- --faults\`, which runs every row in n8n's engine against the sandbox and stops where a row does not hold; \`npm test\` does the same and compares this page.

A batch has ${MAILS['middle of a batch']} emails, or ${MAILS['upload range']} with a file of 3 MB where a draft is made and ranges are uploaded; the upload host, which is neither Graph nor Entra ID, answers in the casing \`nextExpectedRanges\` with one lane and \`NextExpectedRanges\` with four. With several lanes and without *Continue on Fail*, the node waits for what is in flight when an email fails, so a number can lie between two. *Requests* are those to sendMail, without the ones that an expired token turned back.

| fault | where | continue on fail | lanes | in the outbox | accepted | the others | requests |
|---|---|---|---|---|---|---|---|
`;

export function faultTable(): string {
	return `${HEAD}${CELLS.map(row).join('\n')}\n`;
}

function row(cell: Cell): string {
	const { accepted, alsoInOutbox, failed, code, extraRequests } = expectationOf(cell);
	const notTried = MAILS[cell.position] - accepted[1] - failed[1];
	const others = [
		code && `${range(failed)} ${code}`,
		(notTried > 0 || accepted[0] !== accepted[1] || failed[0] !== failed[1]) &&
			'the rest not tried',
	].filter(Boolean);
	const requests = (bound: 0 | 1) => accepted[bound] + failed[bound] + (extraRequests ?? 0);
	return `| ${[
		cell.fault.title,
		cell.position,
		cell.continueOnFail ? 'yes' : 'no',
		cell.lanes,
		range([accepted[0] + alsoInOutbox, accepted[1] + alsoInOutbox]),
		range(accepted),
		others.join(', ') || '–',
		extraRequests === undefined ? '–' : range([requests(0), requests(1)]),
	].join(' | ')} |`;
}

function range([from, to]: Range): string {
	return from === to ? String(from) : `${from} to ${to}`;
}
