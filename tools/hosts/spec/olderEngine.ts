import 'reflect-metadata';
import { WorkflowExecute } from 'n8n-core';
import type { ICredentialDataDecryptedObject, INodeCredentialsDetails } from 'n8n-workflow';
import { CredentialStore } from '../../engine/credentialStore';

// The tests of the engine speak the newest n8n-core; this is how older ones differ.

/** A workflow and its first node used to be two parameters. */
type OlderRun = (workflow: unknown, startNode: unknown) => unknown;

const run = WorkflowExecute.prototype.run as unknown as OlderRun;
if (run.length > 1) {
	const adapted = function (this: unknown, order: { workflow: unknown; startNode: unknown }) {
		return run.call(this, order.workflow, order.startNode);
	};
	Object.assign(WorkflowExecute.prototype, { run: adapted });
}

/** A renewed token used to be saved like any other change of a credential. */
Object.assign(CredentialStore.prototype, {
	async updateCredentials(
		this: CredentialStore,
		credential: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	) {
		await this.updateCredentialsOauthTokenData(credential, type, data);
	},
});
