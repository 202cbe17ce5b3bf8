import { readOptions } from '../kit/commandLine';

export interface WalkArguments {
	/** Make the pictures of this run those of the docs. */
	updateDocs: boolean;
	/** Questions by email and their answers, instead of the walk through the editor. */
	questions: boolean;
	/** Questions in n8n's queue mode. */
	queue: boolean;
	/** All questions that docs/questions.md counts. */
	all: boolean;
	/** Only the parts of the walk, or the checks of questions, whose name contains this. */
	only: string;
	help: boolean;
}

export const USAGE = `npm run e2e [-- options]

  --update-docs  put the pictures of this run into docs/images, if every step passed
  --only TEXT    only the parts of the walk whose name contains TEXT, after the accounts are linked
  --questions    ask questions by email instead, and answer them as people, link scanners and strangers do
  --queue        with --questions: in n8n's queue mode; needs Redis and PostgreSQL, as npm run fleet does
  --all          with --questions: in the numbers that docs/questions.md gives, not a twentieth
                 with --questions: only the checks whose name contains TEXT
  --help         this text`;

/** @throws {Obstacle} naming the argument that is not understood */
export function readArguments(given: readonly string[]): WalkArguments {
	const values = readOptions(given, USAGE, {
		'update-docs': { type: 'boolean', default: false },
		questions: { type: 'boolean', default: false },
		queue: { type: 'boolean', default: false },
		all: { type: 'boolean', default: false },
		only: { type: 'string', default: '' },
	});
	const { questions, queue, all, only, help } = values;
	return { updateDocs: values['update-docs'], questions, queue, all, only, help };
}
