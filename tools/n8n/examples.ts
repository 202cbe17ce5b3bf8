import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EXAMPLES_FOLDER } from '../kit/folders';
import type { Credential } from './credentials';
import type { EditorSession } from './editorSession';
import { EXAMPLE_FILES_URL, serveExampleFiles } from './exampleFiles';
import {
	findWorkflow,
	saveWorkflow,
	withCredentials,
	type SavedWorkflow,
	type WorkflowDefinition,
} from './workflows';

export const EXAMPLES = [
	'hello',
	'onboarding',
	'mover',
	'offboarding',
	'welcome-with-logo',
	'shared-mailbox',
	'access-request',
	'two-approvals',
	'equipment',
	'reply-in-thread',
	'error-workflow',
	'nightly-check',
] as const;

export type ExampleName = (typeof EXAMPLES)[number];

/** An example that loads its files from this machine instead of GitHub. */
export async function readExample(name: ExampleName): Promise<WorkflowDefinition> {
	const text = await readFile(join(EXAMPLES_FOLDER, `${name}.json`), 'utf8');
	return JSON.parse(
		text.replaceAll(EXAMPLE_FILES_URL, await serveExampleFiles()),
	) as WorkflowDefinition;
}

/** Imports an example with linked accounts; one that a person already has is left alone. */
export async function importExample(
	session: EditorSession,
	name: ExampleName,
	credentials: readonly Credential[],
): Promise<SavedWorkflow> {
	const example = await readExample(name);
	return (
		(await findWorkflow(session, example.name)) ??
		(await saveWorkflow(session, withCredentials(example, credentials)))
	);
}
