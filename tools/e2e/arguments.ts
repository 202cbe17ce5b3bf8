import { parseArgs } from 'node:util';
import { Obstacle } from '../kit/obstacle';

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
	try {
		const { values } = parseArgs({
			args: [...given],
			options: {
				'update-docs': { type: 'boolean', default: false },
				help: { type: 'boolean', default: false },
			},
		});
		return { updateDocs: values['update-docs'], help: values.help };
	} catch (error) {
		const [reason] = (error as Error).message.split('. ');
		throw new Obstacle(`${reason}.`, USAGE, { cause: error });
	}
}
