import { warn } from './hints';

interface Warning {
	/** As the designer reads it. */
	field: string;
	text: string;
}

/** One field of a mail and the same words for many items: the designer reads it once. */
interface Told extends Warning {
	firstItem: number;
	items: number;
}

/** More would push the output out of sight. */
const MOST_HINTS = 5;

/** What is suspicious about mails that go all the same. */
export class MailWarnings {
	private readonly told = new Map<string, Told>();

	add(itemIndex: number, warnings: readonly Warning[]): void {
		for (const { field, text } of warnings) {
			const told = this.told.get(`${field} ${text}`);
			if (told) told.items += 1;
			else this.told.set(`${field} ${text}`, { field, text, firstItem: itemIndex, items: 1 });
		}
	}

	/** Shows them beside the output. */
	show(context: Parameters<typeof warn>[0]): void {
		const all = [...this.told.values()];
		for (const { field, text, firstItem, items } of all.slice(0, MOST_HINTS)) {
			const which = items === 1 ? `item ${firstItem}` : `${items} items, the first is ${firstItem}`;
			warn(context, `${field} (${which}): ${text}`);
		}
		const others = all.length - MOST_HINTS;
		if (others > 0) warn(context, `The operation Preview shows more warnings: ${others}.`);
	}
}
