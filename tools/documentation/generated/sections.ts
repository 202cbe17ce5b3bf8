import { bodyOf, type Table } from './table';
import { cloudTable } from './clouds';
import { factTable, smokeTable } from './facts';
import { mailMessages, messageParts, messagesOf, signInMessages, warnings } from './messages';
import { optionTable } from './options';
import { shapeTable } from './shapes';
import { foldersPicture } from './folders';
import { graphLimitTable, messageLimitTable } from './limits';
import { sandboxSignInTable } from './sandboxSignIn';

/** The parts of the pages that are written from the code's tables, by the name in their marks. */
export const SECTIONS: Readonly<Record<string, () => Table>> = {
	clouds: cloudTable,
	options: optionTable,
	'shapes of expressions': shapeTable,
	'messages of a mail': mailMessages,
	'messages of the sign-in': signInMessages,
	'messages about recipients': () => messagesOf('recipients'),
	'messages about contents': () => messagesOf('contents'),
	'messages about files': () => messagesOf('files'),
	'messages about questions and replies': () => messagesOf('questions and replies'),
	'messages about checks': () => messagesOf('checks'),
	'messages about the run': () => messagesOf('the run'),
	warnings,
	'parts of messages': messageParts,
	'limits of a mail': messageLimitTable,
	'limits of Graph': graphLimitTable,
	'facts about Microsoft': factTable,
	'facts and the smoke run': smokeTable,
	'errors of the sandbox': sandboxSignInTable,
};

/** Parts that are no table. */
const PICTURES: Readonly<Record<string, () => string>> = {
	'folders of the node': foldersPicture,
};

const MARKED = /(<!-- generated: (.+?) -->\n)[\s\S]*?(<!-- end of generated -->)/g;

/**
 * A page with its generated parts written anew.
 *
 * @throws for a mark that names nothing
 */
export function withSections(text: string): string {
	return text.replace(MARKED, (_whole, begin: string, name: string, end: string) => {
		const table = SECTIONS[name];
		const body = table ? bodyOf(table()) : PICTURES[name]?.();
		if (body === undefined) throw new Error(`Nothing generates "${name}"`);
		return `${begin}\n${body}\n\n${end}`;
	});
}
