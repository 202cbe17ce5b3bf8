import { join } from 'node:path';
import { EXAMPLES_FOLDER } from '../kit/folders';
import type { Credential } from './credentials';
import type { EditorSession } from './editorSession';
import {
	findWorkflow,
	readWorkflow,
	saveWorkflow,
	withCredentials,
	type SavedWorkflow,
} from './workflows';

export type ExampleName =
	| 'access-request'
	| 'equipment'
	| 'error-workflow'
	| 'nightly-check'
	| 'offboarding'
	| 'onboarding'
	| 'reply-in-thread'
	| 'two-approvals'
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
