import GithubSlugger from 'github-slugger';
import MarkdownIt, { type Env, type Token } from 'markdown-it';

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

const COMMENT = /^<!--\s*([\s\S]*?)\s*-->\s*$/;

const parser = new MarkdownIt({ html: true });

export function readMarkdown(text: string): Markdown {
	const environment: Env = {};
	const tokens = parser.parse(text, environment);
	return {
		anchors: anchorsOf(tokens),
		links: [
			...linksOf(tokens),
			...Object.values(environment.references ?? {}).map(({ href }) => definitionOf(href, text)),
		],
		blocks: blocksOf(tokens),
	};
}

/** As GitHub forms them; the second of the same words ends with `-1`. */
function anchorsOf(tokens: readonly Token[]): string[] {
	const slugger = new GithubSlugger();
	return tokens
		.filter((_token, index) => tokens[index - 1]?.type === 'heading_open')
		.map(({ children }) => slugger.slug((children ?? []).map(({ content }) => content).join('')));
}

function linksOf(tokens: readonly Token[]): Link[] {
	const links: Link[] = [];
	let line = 1;
	for (const token of tokens) {
		if (token.map) line = token.map[0] + 1;
		let offset = 0;
		for (const child of token.children ?? []) {
			if (/^(?:soft|hard)break$/.test(child.type)) offset += 1;
			const target = child.attrGet('href') ?? child.attrGet('src');
			if (typeof target === 'string') links.push({ target, line: line + offset });
		}
	}
	return links;
}

/** Where the target of a reference is given: `[name]: target`. */
function definitionOf(href: string, text: string): Link {
	const index = text
		.split('\n')
		.findIndex((content) => /^\s*\[[^\]]+\]:/.test(content) && content.includes(href));
	return { target: href, line: index + 1 };
}

function blocksOf(tokens: readonly Token[]): CodeBlock[] {
	return tokens.flatMap(({ type, info, content, map }, index) => {
		if (type !== 'fence') return [];
		const before = tokens[index - 1];
		const remark =
			before?.type === 'html_block' ? COMMENT.exec(before.content.trim())?.[1] : undefined;
		return [
			{
				language: info.trim(),
				code: content.replace(/\n$/, ''),
				line: (map?.[0] ?? 0) + 1,
				remark,
			},
		];
	});
}
