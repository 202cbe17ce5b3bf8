/** A table of a page, before Markdown. */
export interface Table {
	head: readonly string[];
	rows: ReadonlyArray<readonly string[]>;
}

/** As Markdown; Prettier sees to the widths. */
export function bodyOf({ head, rows }: Table): string {
	const line = (cells: readonly string[]) => `| ${cells.map(escape).join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function escape(cell: string): string {
	return cell.replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();
}

export function code(text: string): string {
	return `\`${text}\``;
}
