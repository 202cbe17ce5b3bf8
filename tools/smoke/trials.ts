import type { OptionalPermission } from '#node/account/application';
import type { FactName } from '#sandbox/facts';
import { NOBODY_THERE } from './watches';

/** A file that a trial attaches. */
export interface TrialFile {
	field: string;
	fileName: string;
	mimeType: string;
	/** An expression of JavaScript that gives base64, computed in n8n. */
	base64: string;
}

/** One kind of mail, sent to oneself. */
export interface Trial {
	/** Also its subject. */
	name: string;
	expects: readonly FactName[];
	needs?: OptionalPermission | 'a personal account';
	/** `send` unless given; an answer is to the email of the first trial, once it has arrived. */
	operation?: 'send' | 'reply';
	/** Parameters of the node beyond subject and a plain body. */
	parameters?: (scene: Scene) => Record<string, unknown>;
	files?: readonly TrialFile[];
	/** How many of them at once; one unless given. */
	mails?: number;
	/** What to look for in Outlook. */
	question: (scene: Scene) => string;
}

export interface Scene {
	to: string;
	from: string | undefined;
	/** Until when an email is deferred. */
	later: Date;
	/** The ID of the first trial's email in the inbox, where it could be found. */
	messageId?: string | undefined;
}

/** A red square of 16 pixels. */
const PICTURE =
	'"iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAFklEQVR42mP4z8BAEiJN9aiGUQ1DSgMAkPn/ATuhGUYAAAAASUVORK5CYII="';
const NOTE: TrialFile = {
	field: 'note',
	fileName: 'note.txt',
	mimeType: 'text/plain',
	base64: 'Buffer.from("A note").toString("base64")',
};
const FIVE_MEGABYTES = 'Buffer.alloc(5 * 1024 * 1024, "Smoke ").toString("base64")';

const options = (entries: Record<string, unknown>) => () => ({ options: entries });

export const TRIALS: readonly Trial[] = [
	{
		name: 'Plain text',
		expects: ['acceptedNotDelivered', 'copyInSentItems'],
		question: () => 'Is it in your inbox, and a copy in Sent Items?',
	},
	{
		name: 'No copy',
		expects: ['copyInSentItems'],
		parameters: options({ saveToSentItems: false }),
		question: () => 'Is it in your inbox, and no copy in Sent Items?',
	},
	{
		name: 'Names',
		expects: ['namesSurvive'],
		parameters: ({ to }) => ({ to: `"Ünal, Zoë 🌻" <${to}>` }),
		question: () => 'Does it greet "Ünal, Zoë 🌻" in its line To (or your own name)?',
	},
	{
		name: 'Important and private',
		expects: ['importance', 'sensitivity'],
		parameters: options({ importance: 'high', sensitivity: 'private', categories: 'Smoke' }),
		question: () => 'Is it marked as important, and as private?',
	},
	{
		name: 'Custom headers',
		expects: ['customHeaders'],
		parameters: options({
			headers: { header: [1, 2, 3, 4, 5].map((n) => ({ name: `x-smoke-${n}`, value: `${n}` })) },
		}),
		question: () => 'Do its internet headers hold x-smoke-1 to x-smoke-5?',
	},
	{
		name: 'Receipts',
		expects: ['receipts'],
		parameters: options({ readReceipt: true, deliveryReceipt: true }),
		question: () => 'Are you asked for a read receipt, or did one arrive for its delivery?',
	},
	{
		name: 'Follow-up',
		expects: ['followUpFlag'],
		parameters: ({ later }) => ({
			options: { followUp: { flag: { startDate: later, dueDate: later } } },
		}),
		question: () => 'Does it carry a flag, in the inbox or in Sent Items?',
	},
	{
		name: 'Later, through a draft',
		expects: ['deferredThroughDraft'],
		needs: 'Mail.ReadWrite',
		parameters: ({ later }) => ({ options: { deferUntil: later } }),
		question: ({ later }) =>
			`Did it arrive at ${later.toLocaleTimeString()}, not before, and only once?`,
	},
	{
		name: 'Later, in one request',
		expects: ['deferredThroughSendMail'],
		// Without a copy in Sent Items there is no draft, whatever is granted.
		parameters: ({ later }) => ({ options: { deferUntil: later, saveToSentItems: false } }),
		question: ({ later }) => `Did it arrive at ${later.toLocaleTimeString()}, and not before?`,
	},
	{
		name: 'Later, on a personal account',
		expects: ['deferredTwice'],
		needs: 'a personal account',
		parameters: ({ later }) => ({ options: { deferUntil: later, saveToSentItems: false } }),
		question: () => 'Did it arrive twice?',
	},
	{
		name: 'Picture and file',
		expects: ['inlineImage'],
		parameters: () => ({
			bodyType: 'html',
			body: '<p>A red square: <img src="cid:square"></p>',
			options: { attachments: 'square, note' },
		}),
		files: [
			{ field: 'square', fileName: 'square.png', mimeType: 'image/png', base64: PICTURE },
			NOTE,
		],
		question: () => 'Is the red square in the text, and note.txt attached?',
	},
	{
		name: NOBODY_THERE,
		expects: ['badAddressComesBack'],
		parameters: ({ to }) => ({ to: `nobody-${Date.now()}@${to.split('@').at(-1)}` }),
		question: () => 'Did a report come back that "Nobody there" could not be delivered?',
	},
	{
		name: 'Twelve at once',
		expects: ['fourAtOnce'],
		mails: 12,
		question: () => 'Are all twelve in your inbox, and none twice?',
	},
	{
		name: 'Large file',
		expects: ['largeFileThroughDraft'],
		needs: 'Mail.ReadWrite',
		parameters: options({ attachments: 'film' }),
		files: [
			{
				field: 'film',
				fileName: 'film.bin',
				mimeType: 'application/octet-stream',
				base64: FIVE_MEGABYTES,
			},
		],
		question: () => 'Has it film.bin with 5 MB, and is no draft left in Drafts?',
	},
	{
		name: 'From another mailbox',
		expects: ['sharedMailbox'],
		needs: 'Mail.Send.Shared',
		parameters: ({ from }) => ({ options: { from } }),
		question: ({ from }) => `Does it come from ${from} (or on behalf of it)?`,
	},
	{
		name: 'Reply',
		expects: ['htmlInComment', 'filesInReply'],
		needs: 'Mail.ReadWrite',
		operation: 'reply',
		parameters: ({ messageId }) => ({
			messageId,
			replyMode: 'reply',
			bodyType: 'html',
			body: '<p>An answer with <b>bold</b> text.</p>',
			options: { attachments: 'note' },
		}),
		files: [NOTE],
		question: () =>
			'Is the word bold in bold, is the first email quoted below it, and is note.txt attached?',
	},
];
