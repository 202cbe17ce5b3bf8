import { bodyOf, type Table } from './table';
import { cloudTable } from './clouds';
import { expectationTable } from './expectations';
import { mailMessages, nodeMessages, signInMessages } from './messages';
import { optionTable } from './options';
import { graphLimitTable, messageLimitTable } from './limits';
import { sandboxSignInTable } from './sandboxSignIn';

/** The parts of the pages that are written from the code's tables, by the name in their marks. */
export const SECTIONS: Readonly<Record<string, () => Table>> = {
	clouds: cloudTable,
	options: optionTable,
	'messages of a mail': mailMessages,
	'messages of the sign-in': signInMessages,
	'messages of the node': nodeMessages,
	'limits of a mail': messageLimitTable,
	'limits of Graph': graphLimitTable,
	'expectations of Microsoft': expectationTable,
	'errors of the sandbox': sandboxSignInTable,
};

const MARKED = /(<!-- generated: (.+?) -->\n)[\s\S]*?(<!-- end of generated -->)/g;

/**
 * A page with its generated parts written anew.
 *
 * @throws for a mark that names nothing
 */
export function withSections(text: string): string {
	return text.replace(MARKED, (_whole, begin: string, name: string, end: string) => {
		const section = SECTIONS[name];
		if (!section) throw new Error(`Nothing generates "${name}"`);
		return `${begin}\n${bodyOf(section())}\n\n${end}`;
	});
}
