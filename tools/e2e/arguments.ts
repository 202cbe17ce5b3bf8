import { readOptions } from '../kit/commandLine';

export interface WalkArguments {
	/** Make the pictures of this run those of the docs. */
	updateDocs: boolean;
	help: boolean;
}

export const USAGE = `npm run e2e [-- options]

  --update-docs  put the pictures of this run into docs/images, if every step passed
  --help         this text`;

/** @throws {Obstacle} naming the argument that is not understood */
export function readArguments(given: readonly string[]): WalkArguments {
	const values = readOptions(given, USAGE, {
		'update-docs': { type: 'boolean', default: false },
	});
	return { updateDocs: values['update-docs'], help: values.help };
}
