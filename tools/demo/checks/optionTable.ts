import assert from 'node:assert/strict';
import type { AcceptedMail, Sandbox } from '#sandbox/index';
import type { OutputItem } from '../../n8n/executions';

/** One option of the node, alone, and what a run with it must come to. */
export interface OptionRow {
	value: unknown;
	/** What the option adds to the message at Graph. */
	message?: Record<string, unknown>;
	/** What else the option is for; the run has ended. */
	require?(run: OptionRun): void;
	/** Before the run. */
	prepare?(sandbox: Sandbox): void;
	/** How often the run is made; 1 if absent. */
	runs?: number;
}

export interface OptionRun {
	mails: readonly AcceptedMail[];
	/** Of the last run. */
	output: OutputItem['json'];
}

const someone = (address: string) => ({ emailAddress: { address } });

/** Every key of `options`, as the design names them. */
export const OPTION_TABLE: Readonly<Record<string, OptionRow>> = {
	allowedRecipients: { value: 'contoso.example' },
	attachments: {
		value: 'letter',
		require: ({ mails: [mail] }) =>
			assert.deepEqual(
				mail?.attachments.map(({ name, size }) => [name, size]),
				[['letter.txt', 8]],
			),
	},
	bcc: {
		value: 'audit@contoso.example',
		message: { bccRecipients: [someone('audit@contoso.example')] },
	},
	categories: { value: 'HR, Onboarding', message: { categories: ['HR', 'Onboarding'] } },
	cc: { value: 'sam@contoso.example', message: { ccRecipients: [someone('sam@contoso.example')] } },
	deferUntil: {
		value: '2126-11-23T08:00:00Z',
		// The account has Mail.ReadWrite, so the email is deferred as a draft.
		message: {
			singleValueExtendedProperties: ['SystemTime 0x3FEF', 'SystemTime 0x000F'].map((id) => ({
				id,
				value: '2126-11-23T08:00:00Z',
			})),
		},
	},
	deliveryReceipt: { value: true, message: { isDeliveryReceiptRequested: true } },
	followUp: {
		value: { flag: { startDate: '2126-11-23T09:00:00Z', dueDate: '2126-11-24T09:00:00Z' } },
		require: ({ mails: [mail] }) => assert.equal(mail?.message.flag?.flagStatus, 'flagged'),
	},
	from: { value: 'hr@contoso.example', message: { from: someone('hr@contoso.example') } },
	headers: {
		value: { header: [{ name: 'x-ticket', value: '4711' }] },
		message: { internetMessageHeaders: [{ name: 'x-ticket', value: '4711' }] },
	},
	importance: { value: 'high', message: { importance: 'high' } },
	messagesPerMinute: { value: 60 },
	onUnknownOutcome: {
		value: 'retry',
		prepare: ({ faults }) => faults.switchOn('error500', { times: 1 }),
		require: ({ output }) => assert.deepEqual([output.attempts, output.mayBeDuplicate], [2, true]),
	},
	readReceipt: { value: true, message: { isReadReceiptRequested: true } },
	replyTo: { value: 'it@contoso.example', message: { replyTo: [someone('it@contoso.example')] } },
	saveToSentItems: {
		value: false,
		require: ({ mails: [mail] }) => assert.equal(mail?.saveToSentItems, false),
	},
	sendOnceKey: {
		value: 'welcome-4711',
		runs: 2,
		require: ({ output }) => assert.equal(output.status, 'alreadySent'),
	},
	sensitivity: {
		value: 'confidential',
		message: { singleValueExtendedProperties: [{ id: 'Integer 0x36', value: '3' }] },
	},
	simultaneous: { value: 1 },
};
