import { AADSTS_ERRORS, type Actor } from '#node/explain/aadstsErrors';
import { GRAPH_ERRORS } from '#node/explain/graphErrors';
import { readSourceMessages, type SourceMessage } from './sourceMessages';
import { code, type Table } from './table';

/** What Graph refuses. */
export function mailMessages(): Table {
	return {
		head: ['Message', 'What to do', 'Microsoft’s code'],
		rows: grouped(
			Object.entries(GRAPH_ERRORS).map(([name, { message, remedy }]) => ({
				message,
				remedy,
				name,
			})),
		),
	};
}

const ACTORS: Readonly<Record<Actor, string>> = {
	designer: 'you',
	appOwner: 'the owner of the app',
	entraAdmin: 'an Entra administrator',
	n8nAdmin: 'an n8n administrator',
	nobody: 'Microsoft',
};

/** What Entra ID refuses, at sign-in or when the token is renewed. */
export function signInMessages(): Table {
	const entries = Object.entries(AADSTS_ERRORS).map(([number, { message, remedy, whoActs }]) => ({
		message,
		remedy: `${ACTORS[whoActs]}: ${remedy}`,
		name: `AADSTS${number}`,
	}));
	return {
		head: ['Message', 'Who acts, and how', 'Microsoft’s code'],
		rows: grouped(entries),
	};
}

interface Entry {
	message: string;
	remedy: string;
	/** Microsoft's code. */
	name: string;
}

/** One row for all codes that say the same. */
function grouped(entries: readonly Entry[]): string[][] {
	const rows = new Map<string, { message: string; remedy: string; names: string[] }>();
	for (const { message, remedy, name } of entries) {
		const key = JSON.stringify([message, remedy]);
		const row = rows.get(key) ?? { message, remedy, names: [] };
		rows.set(key, { ...row, names: [...row.names, code(name)] });
	}
	return [...rows.values()].map(({ message, remedy, names }) => [
		message,
		remedy,
		names.join(', '),
	]);
}

/** What the messages of a folder are about, in the order of the page. The first that fits counts. */
const GROUPS: ReadonlyArray<[name: string, files: RegExp]> = [
	['recipients', /^mail\/(?:address\/|recipients|allowedRecipients)/],
	['contents', /^mail\//],
	['files', /^attachments\//],
	[
		'questions and replies',
		/^(?:ask\/|explain\/question|operations\/(?:.*[qQ]uestion|sendAndWait|reply))/,
	],
	['checks', /^(?:operations\/check|account\/expiry)/],
	['the run', /^/],
];

let source: ReturnType<typeof readSourceMessages> | undefined;

/** Read once for all tables. */
function sourceMessages() {
	source ??= readSourceMessages();
	return source;
}

/** What the node itself says about one thing: every message that has a remedy. */
export function messagesOf(group: string): Table {
	return {
		head: ['Message', 'What to do'],
		rows: mergeRows(
			sourceMessages()
				.messages.filter(({ file }) => GROUPS.find(([, files]) => files.test(file))![0] === group)
				.filter((entry) => !isWarning(entry))
				.map(({ message, remedy }) => [
					message,
					isOnlyValue(remedy) ? 'Follow the remedy below the message.' : remedy || 'Nothing.',
				]),
		),
	};
}

/** What is shown beside an output, and by Preview. */
export function warnings(): Table {
	return {
		head: ['Warning'],
		rows: mergeRows(
			sourceMessages()
				.messages.filter(isWarning)
				.map(({ message }) => [message]),
		),
	};
}

/** Sentences of which longer messages consist. */
export function messageParts(): Table {
	return {
		head: ['Part of a message'],
		rows: mergeRows(sourceMessages().parts.map((text) => [text])),
	};
}

function isWarning({ remedy, maker }: SourceMessage): boolean {
	return remedy === '' && maker !== 'skipped';
}

function isOnlyValue(text: string): boolean {
	return text.trim() === '…';
}

/** Not only a frame for other messages. */
function hasWords(text: string): boolean {
	return (text.match(/[a-z]{2,}/gi) ?? []).length > 2;
}

/** Each row once, in alphabetical order; Markdown reads nothing into it. */
function mergeRows(rows: ReadonlyArray<readonly string[]>): string[][] {
	const unique = new Map(rows.map((row) => [JSON.stringify(row), row.map(plainText)]));
	return [...unique.values()]
		.filter(([message]) => hasWords(message!))
		.sort(([one], [other]) => (one! < other! ? -1 : 1));
}

/** Text in which Markdown finds no tag, no image and no emphasis. */
function plainText(text: string): string {
	return text.replace(/[<*`[\]]|(?<!\w)_|_(?!\w)/g, '\\$&');
}
