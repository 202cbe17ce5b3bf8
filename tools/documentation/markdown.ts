/** As much of Markdown as the check needs: headings, links and blocks of code. */
export interface Markdown {
	/** What a link to a heading of the page ends with, without its `#`. */
	anchors: string[];
	links: Link[];
	blocks: CodeBlock[];
}

export interface Link {
	target: string;
	line: number;
}

export interface CodeBlock {
	/** Such as `sh`; empty where none is given. */
	language: string;
	code: string;
	line: number;
	/** What the HTML comment right above the block says. */
	remark: string | undefined;
}

const FENCE = /^\s*```(\S*)\s*$/;
const REMARK = /^\s*<!--\s*(.*?)\s*-->\s*$/;
const LINK = /\[(?:[^\]\\]|\\.)*\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g;
const REFERENCE = /^\[[^\]]+\]:\s+<?(\S+?)>?(?:\s+"[^"]*")?\s*$/;

export function readMarkdown(text: string): Markdown {
	const anchors = new Anchors();
	const links: Link[] = [];
	const blocks: CodeBlock[] = [];
	let block: {
		language: string;
		lines: string[];
		line: number;
		remark: string | undefined;
	} | null = null;
	let remark: string | undefined;
	for (const [index, content] of text.split('\n').entries()) {
		const line = index + 1;
		const fence = FENCE.exec(content);
		if (block) {
			if (fence) {
				blocks.push({ ...block, code: block.lines.join('\n') });
				block = null;
			} else block.lines.push(content);
			continue;
		}
		if (fence) {
			block = { language: fence[1] ?? '', lines: [], line, remark };
			remark = undefined;
			continue;
		}
		if (content.trim() !== '') remark = REMARK.exec(content)?.[1];
		const heading = /^#{1,6}\s+(.*?)\s*#*$/.exec(content)?.[1];
		if (heading !== undefined) anchors.add(heading);
		const plain = content.replace(/`[^`]*`/g, '');
		const targets = [...plain.matchAll(LINK)].map((match) => match[1] ?? '');
		const reference = REFERENCE.exec(plain)?.[1];
		links.push(
			...[...targets, ...(reference ? [reference] : [])].map((target) => ({ target, line })),
		);
	}
	return { anchors: anchors.all, links, blocks };
}

/** Anchors of headings as GitHub forms them; the second of the same words ends with `-1`. */
class Anchors {
	readonly all: string[] = [];

	private readonly counts = new Map<string, number>();

	add(heading: string): void {
		const words = heading
			.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
			.replace(/[`*]|(?<!\w)_|_(?!\w)/g, '')
			.toLowerCase();
		const anchor = words.replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '').replaceAll(' ', '-');
		const before = this.counts.get(anchor) ?? 0;
		this.counts.set(anchor, before + 1);
		this.all.push(before === 0 ? anchor : `${anchor}-${before}`);
	}
}
