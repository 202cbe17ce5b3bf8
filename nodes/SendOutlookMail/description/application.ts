import type { INodeCredentialDescription, INodeProperties } from 'n8n-workflow';
import { CREDENTIAL_TYPES } from '../account/application';

export const applicationField: INodeProperties = {
	displayName: 'Application',
	name: 'application',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'RoboMQ',
			value: 'roboMq',
			description: 'Nothing to set up: you sign in and allow RoboMQ to send as you',
		},
		{
			name: 'Customer-Owned',
			value: 'customer',
			description: 'An app that your company registered in its own Entra tenant',
		},
	],
	default: 'roboMq',
	description: 'Which application sends on behalf of the linked Outlook account',
};

/** A preview needs no credential, so a flow can be looked at before an account is linked. */
const OPERATIONS_WITH_CREDENTIAL = ['checkConnection', 'send', 'sendAndWait'];

export const credentials: INodeCredentialDescription[] = Object.entries(CREDENTIAL_TYPES).map(
	([application, name]) => ({
		name,
		required: true,
		displayOptions: { show: { application: [application], operation: OPERATIONS_WITH_CREDENTIAL } },
	}),
);
