import type { INodeProperties } from 'n8n-workflow';
import { readQuestion } from '#node/ask/readQuestion';
import { listFiles, type ItemFiles } from '#node/attachments/itemFiles';
import { optionFields } from '#node/description/options';
import { questionFields } from '#node/description/sendAndWait';
import { composeMessage } from '#node/mail/mail';
import { FIELD_NAMES, type Options, type Parameters } from '#node/mail/parameters';
import { readSendingOptions, readSpeed } from '#node/operations/sendingOptions';
import { SHAPES } from '#tools/documentation/generated/shapes';

const NOW = new Date(Date.UTC(2027, 0, 1));

function mailOf(name: string, value: unknown) {
	const parameters: Parameters = {
		...{ to: 'jane@example.com', subject: 'Welcome', bodyType: 'markdown', body: 'Dear Jane' },
		...{ options: {}, timeZone: 'Europe/Berlin', now: NOW },
	};
	const given = Object.hasOwn(parameters, name)
		? { ...parameters, [name]: value }
		: { ...parameters, options: { [name]: value } };
	return composeMessage(given).refusals;
}

function filesOf(value: unknown) {
	const item: ItemFiles = {
		fields: ['logo', 'contract'],
		find: (field) => ({ data: '', mimeType: 'text/plain', fileName: field }),
		holds: () => true,
	} as ItemFiles;
	return listFiles(value, item).refusals;
}

function questionOf(name: string, value: unknown) {
	const { refusals } = readQuestion({
		...{ responseType: 'approval', choices: undefined, requireComment: undefined },
		...{ confirmation: undefined, deadline: undefined, language: undefined },
		...{ humanReview: false, timeZone: 'Europe/Berlin', now: NOW },
		[name]: value,
	});
	return refusals;
}

const QUESTION = [
	'responseType',
	'choices',
	'requireComment',
	'confirmation',
	'deadline',
	'language',
];

/** What the code that reads the field refuses of a value. */
function refusalsOf(name: string, value: unknown): readonly unknown[] {
	if (name === 'attachments') return filesOf(value);
	if (QUESTION.includes(name)) return questionOf(name, value);
	if (name === 'sendOnceKey') {
		return readSendingOptions({ sendOnceKey: value }).refusals;
	}
	return Object.hasOwn(FIELD_NAMES, name) ? mailOf(name, value) : [];
}

describe.each(SHAPES)('$field', ({ name, values, nothing }) => {
	it('takes every value of the page', () => {
		for (const [, value] of values) expect(refusalsOf(name, value)).toEqual([]);
	});

	it('refuses nothing where the page says so', () => {
		if (['messageId', 'replyMode', 'sendOnceForget'].includes(name)) return;
		const refusesNull = nothing.includes('refused') && !/^`|^Approve/.test(nothing);
		const isGuard = name === 'allowedRecipients';
		expect(refusalsOf(name, null).length > 0).toBe(refusesNull || isGuard);
		if (/empty text is refused/.test(nothing)) expect(refusalsOf(name, '')).not.toEqual([]);
	});
});

it('every option of every operation, and every field of a question, has a row', () => {
	const names = optionFields.flatMap(({ options }) => (options as INodeProperties[]).map(nameOf));
	const fields = questionFields.filter(({ type }) => type !== 'notice').map(nameOf);
	const rows = SHAPES.map(nameOf);
	// The message of a question is a body, under the names that n8n's human review fills.
	const others = ['message', 'messageType', 'options'];
	expect(rows).toEqual(
		expect.arrayContaining([...names, ...fields.filter((f) => !others.includes(f))]),
	);
});

it('the options that decide how a run sends read what the page says', () => {
	expect(readSpeed({ simultaneous: '2', messagesPerMinute: '30' })).toEqual({
		simultaneous: 2,
		messagesPerMinute: 30,
	});
	expect(readSpeed({ simultaneous: 9, messagesPerMinute: null })).toEqual({ simultaneous: 4 });
	expect(readSpeed({ simultaneous: 0, messagesPerMinute: 0 })).toEqual({ simultaneous: 4 });
	expect(readSpeed({ simultaneous: -1 })).toEqual({ simultaneous: 1 });
	const repetitionOf = (options: Options) => readSendingOptions(options).repetition;
	expect(repetitionOf({ onUnknownOutcome: 'retry' }).onUnknownOutcome).toBe('retry');
	expect(repetitionOf({ onUnknownOutcome: 'Retry' }).onUnknownOutcome).toBe('fail');
	expect(repetitionOf({ sendOnceKey: 'k', sendOnceForget: 'true' }).once?.forget).toBe(false);
});

function nameOf({ name }: { name: string }): string {
	return name;
}
