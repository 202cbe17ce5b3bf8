import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { FIXED_OAUTH_FIELDS, hidden } from './inheritedFields';
import { DEFAULT_CLOUD_INSTANCE } from '../nodes/SendOutlookMail/entra/cloudInstances';
import {
	BASE_SCOPE,
	GRAPH_URL,
	PROVISIONED_AUTHORIZATION_URL,
	PROVISIONED_TOKEN_URL,
} from '../nodes/SendOutlookMail/entra/credentialExpressions';

/**
 * The application that RoboMQ owns. Its client ID and secret never stand in this package: the n8n
 * operator provides them as credential overwrites, and n8n keeps them from the designer.
 */
export class RoboMqOutlookOAuth2Api implements ICredentialType {
	name = 'roboMqOutlookOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'RoboMQ Outlook OAuth2 API';

	icon: Icon = { light: 'file:../icons/outlook.svg', dark: 'file:../icons/outlook.dark.svg' };

	documentationUrl =
		'https://github.com/robomq/n8n-nodes-robomq-outlook/blob/main/docs/designer.md#link-your-account';

	properties: INodeProperties[] = [
		...FIXED_OAUTH_FIELDS,
		hidden('serverUrl', 'Server URL', ''),
		hidden('authUrl', 'Authorization URL', PROVISIONED_AUTHORIZATION_URL),
		hidden('accessTokenUrl', 'Access Token URL', PROVISIONED_TOKEN_URL),
		hidden('clientId', 'Client ID', ''),
		hidden('clientCredentialType', 'Client Credential Type', 'clientSecret'),
		hidden('clientSecret', 'Client Secret', ''),
		hidden('privateKey', 'Private Key', ''),
		hidden('certificate', 'Certificate', ''),
		hidden('scope', 'Scope', BASE_SCOPE),
		hidden('cloudInstance', 'Entra ID Cloud Instance', DEFAULT_CLOUD_INSTANCE),
		hidden('loginHost', 'Login Host', ''),
		hidden('graphHost', 'Graph Host', ''),
		hidden('tenantId', 'Tenant ID', ''),
		hidden('graphUrl', 'Graph URL', GRAPH_URL),
		{
			displayName:
				'You sign in at Microsoft and allow two things: sending mail as you, and staying connected. If n8n says that the application is not provisioned, ask your n8n administrator to <a href="https://github.com/robomq/n8n-nodes-robomq-outlook/blob/main/docs/robomq-operator.md" target="_blank">provision the RoboMQ application</a>.',
			name: 'provisioningNotice',
			type: 'notice',
			default: '',
		},
	];
}
