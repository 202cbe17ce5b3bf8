import { join } from 'node:path';
import { EXAMPLES_FOLDER } from './folders';
import type { Credential } from './n8n/credentials';
import type { EditorSession } from './n8n/editorSession';
import {
	findWorkflow,
	readWorkflow,
	saveWorkflow,
	withCredentials,
	type SavedWorkflow,
} from './n8n/workflows';

export type ExampleName =
	| 'error-workflow'
	| 'nightly-check'
	| 'offboarding'
	| 'onboarding'
	| 'welcome-with-logo';

/** Imports an example with linked accounts; one that a person already has is left alone. */
export async function importExample(
	session: EditorSession,
	name: ExampleName,
	credentials: readonly Credential[],
): Promise<SavedWorkflow> {
	const example = await readWorkflow(join(EXAMPLES_FOLDER, `${name}.json`));
	return (
		(await findWorkflow(session, example.name)) ??
		(await saveWorkflow(session, withCredentials(example, credentials)))
	);
}
