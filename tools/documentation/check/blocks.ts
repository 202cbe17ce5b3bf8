import { lastLines } from '../../kit/obstacle';
import { PACKAGE_FOLDER } from '../../kit/folders';
import { run } from '../../kit/processes';
import type { CodeBlock } from '../markdown';
import type { Fault, Page } from '../pages';

/** A remark that keeps a block from being run; it gives the reason. */
const NOT_RUN = /^not run here: .{10,}/;

export interface BlockToRun {
	page: string;
	block: CodeBlock;
}

/** The blocks of commands that can run here. */
export function blocksToRun(pages: readonly Page[]): BlockToRun[] {
	return pages.flatMap(({ path, blocks }) =>
		blocks
			.filter(({ language, remark }) => language === 'sh' && !NOT_RUN.test(remark ?? ''))
			.map((block) => ({ page: path, block })),
	);
}

/** What is the matter with blocks that nobody runs. */
export function checkBlocks(pages: readonly Page[]): Fault[] {
	return pages.flatMap(({ path, blocks }) =>
		blocks.flatMap(({ language, code, line }) => {
			if (language === '') return [{ page: path, line, text: 'a block says its language' }];
			if (language !== 'json') return [];
			try {
				JSON.parse(code);
				return [];
			} catch (error) {
				return [{ page: path, line, text: `not JSON: ${(error as Error).message}` }];
			}
		}),
	);
}

/** Runs a block as a reader would, in the project's folder. */
export async function runBlock({ page, block }: BlockToRun): Promise<Fault | undefined> {
	const { status, output, messages } = await run({
		command: 'timeout',
		arguments: ['60', 'bash', '-euo', 'pipefail', '-c', block.code],
		folder: PACKAGE_FOLDER,
	});
	if (status === 0) return undefined;
	const said = lastLines(`${output}\n${messages}`, 8);
	return { page, line: block.line, text: `the commands ended with ${status}:\n${said}` };
}
