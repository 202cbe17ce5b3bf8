import { inspect } from 'node:util';
import type { INode } from 'n8n-workflow';
import { AADSTS_ERRORS } from '#node/explain/aadstsErrors';
import type { Failure, FailureDetails } from '#node/facts/failure';
import { GRAPH_ERRORS } from '#node/explain/graphErrors';
import { MailError, report } from '#node/output/report';
import type { Outcome } from '#node/output/outcome';

const node: INode = {
	id: 'n1',
	name: 'Send Outlook Mail',
	type: 'sendOutlookMail',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
const context = (continues: boolean) => ({ getNode: () => node, continueOnFail: () => continues });

const accepted: Outcome = { kind: 'accepted', item: { json: { status: 'accepted' } } };
const alreadySent: Outcome = { kind: 'alreadySent', item: { json: { status: 'alreadySent' } } };
const notTried: Outcome = { kind: 'notTried' };
const failed = (code: string): Outcome => ({
	kind: 'failed',
	failure: { code, message: `It is ${code}`, remedy: 'Do this' },
});

function thrown(outcomes: Outcome[]): MailError {
	try {
		report(context(false), outcomes);
	} catch (error) {
		return error as MailError;
	}
	throw new Error('nothing was thrown');
}

test('a batch that broke says where, how many were accepted, and what became of the others', () => {
	const error = thrown([
		accepted,
		alreadySent,
		failed('ErrorAccessDenied'),
		accepted,
		failed('unknownOutcome'),
		failed('ErrorQuotaExceeded'),
		notTried,
		notTried,
	]);
	expect(error.message).toBe('It is ErrorAccessDenied');
	expect(error.context.itemIndex).toBe(2);
	expect(error.description).toContain(
		'Stopped at item 2: 2 of 8 emails were accepted. Sent by an earlier run: 1. Also not sent: item 5. Outcome unknown too: item 4. Not tried: items 6, 7.',
	);
});

test('with Continue on Fail every item has its outcome, in order', () => {
	const items = report(context(true), [accepted, failed('unknownOutcome'), alreadySent, notTried]);
	expect(items.map(({ json }) => json.status ?? (json.details as { code: string }).code)).toEqual([
		'accepted',
		'unknownOutcome',
		'alreadySent',
		'notTried',
	]);
	expect(items[1]).toEqual({
		json: { error: 'It is unknownOutcome', details: { code: 'unknownOutcome', remedy: 'Do this' } },
		pairedItem: { item: 1 },
	});
});

test('remedy, batch, words of others and ids are paragraphs, in this order', () => {
	const failure: Failure = {
		code: 'ErrorSendAsDenied',
		message: 'm',
		remedy: 'To: mend this\nCC: mend that',
		details: {
			credential: 'HR',
			httpStatus: 403,
			requestId: 'r-1',
			clientRequestId: 'c-1',
			time: '2026-11-22T10:00:00.000Z',
			microsoftSays: 'Not allowed.',
		},
	};
	const { description } = new MailError(node, failure, 0, 'Stopped at item 0.');
	expect(description?.split('<br/><br/>').map((paragraph) => paragraph.split('<br/>'))).toEqual([
		['To: mend this', 'CC: mend that'],
		['Stopped at item 0.'],
		['Microsoft says: Not allowed.'],
		[
			'Credential: HR',
			'Code: ErrorSendAsDenied',
			'Status: 403',
			'Request ID: r-1',
			'Client request ID: c-1',
			'Time: 2026-11-22T10:00:00.000Z',
		],
	]);
});

const STRANGE = '<img src=x onerror=alert(1)> & `code` <script>';
const DETAILS: Array<keyof FailureDetails> = [
	'credential',
	'aadsts',
	'requestId',
	'clientRequestId',
	'traceId',
	'time',
	'microsoftSays',
	'networkSays',
	'n8nSays',
	'storeSays',
];

test.each(['code', 'remedy', ...DETAILS])('%s is shown as text, not as HTML', (part) => {
	const details = DETAILS.includes(part as never) ? { [part]: STRANGE } : {};
	const failure: Failure = { code: 'x', message: 'm', remedy: 'r', [part]: STRANGE, details };
	const { description } = new MailError(node, failure, 0);
	expect(description).toContain(
		'&#60;img src=x onerror=alert(1)&#62; &#38; &#96;code&#96; &#60;script&#62;',
	);
	expect(description).not.toMatch(/<(?!br\/>)|`/);
});

test('n8n stores the details with the error', () => {
	const failure: Failure = {
		code: 'invalid_client',
		message: 'm',
		remedy: 'r',
		details: { aadsts: 'AADSTS7000222', traceId: 't', credential: 'HR' },
	};
	const error = new MailError(node, failure, 3);
	expect(JSON.parse(JSON.stringify(error))).toMatchObject({
		message: 'm',
		context: {
			itemIndex: 3,
			details: {
				code: 'invalid_client',
				remedy: 'r',
				aadsts: 'AADSTS7000222',
				traceId: 't',
				credential: 'HR',
			},
		},
	});
	expect(inspect(error, { depth: 9 })).not.toMatch(/Bearer|axios|config:/);
});

test.each([...Object.values(AADSTS_ERRORS), ...Object.values(GRAPH_ERRORS)])(
	'n8n leaves the words as they are: $message',
	({ message, remedy }) => {
		const error = new MailError(node, { code: 'x', message, remedy }, 0);
		expect(error.message).toBe(message);
		expect(error.messages).toEqual([]);
	},
);
