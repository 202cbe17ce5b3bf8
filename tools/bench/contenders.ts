import type { SandboxProcess } from './sandboxProcess';
import { NODE_TYPE } from '../n8n/packagedNode';

/** One of the two nodes that are compared. */
export interface Contender {
	name: 'built-in' | 'this node';
	nodeType: string;
	typeVersion: number;
	credentialType: string;
	/** What a designer enters in the credential. */
	credentialData(cloud: Cloud): Record<string, unknown>;
	/** The node's parameters for one mail per item. */
	parameters(letter: LetterExpressions): Record<string, unknown>;
}

export interface Cloud extends Pick<SandboxProcess, 'loginOrigin' | 'graphOrigin'> {
	tenantId: string;
	clientId: string;
	clientSecret: string;
}

/** n8n expressions for the parts of a mail; `file` names the item's binary field. */
export interface LetterExpressions {
	to: string;
	subject: string;
	body: string;
	file?: string;
}

export const BUILT_IN: Contender = {
	name: 'built-in',
	nodeType: 'n8n-nodes-base.microsoftOutlook',
	typeVersion: 2,
	credentialType: 'microsoftOutlookOAuth2Api',
	credentialData: ({ loginOrigin, graphOrigin, tenantId, clientId, clientSecret }) => ({
		clientId,
		clientSecret,
		authUrl: `${loginOrigin}/${tenantId}/oauth2/v2.0/authorize`,
		accessTokenUrl: `${loginOrigin}/${tenantId}/oauth2/v2.0/token`,
		graphApiBaseUrl: graphOrigin,
		customScopes: true,
		enabledScopes: 'Mail.Send offline_access',
	}),
	parameters: ({ to, subject, body, file }) => ({
		resource: 'message',
		operation: 'send',
		toRecipients: to,
		subject,
		bodyContent: body,
		additionalFields: {
			bodyContentType: 'Text',
			...(file ? { attachments: { attachments: [{ binaryPropertyName: file }] } } : {}),
		},
	}),
};

export const THIS_NODE: Contender = {
	name: 'this node',
	nodeType: NODE_TYPE,
	typeVersion: 1,
	credentialType: 'customerOutlookOAuth2Api',
	credentialData: ({ loginOrigin, graphOrigin, tenantId, clientId, clientSecret }) => ({
		cloudInstance: 'custom',
		loginHost: loginOrigin,
		graphHost: graphOrigin,
		tenantId,
		clientId,
		clientSecret,
	}),
	parameters: ({ to, subject, body, file }) => ({
		application: 'customer',
		operation: 'send',
		to,
		subject,
		bodyType: 'text',
		body,
		options: file ? { attachments: file } : {},
	}),
};
