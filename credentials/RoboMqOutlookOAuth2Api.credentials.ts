import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { FIXED_OAUTH_FIELDS, hidden } from './inheritedFields';
import { DEFAULT_CLOUD_INSTANCE } from '../nodes/SendOutlookMail/account/cloudInstances';
import {
	BASE_SCOPE,
	GRAPH_URL,
	PROVISIONED_AUTHORIZATION_URL,
	PROVISIONED_TOKEN_URL,
} from '../nodes/SendOutlookMail/account/credentialExpressions';

/** n8n leaves a field that the operator provides out of the data; one that nobody provides is empty. */
const showUnlessProvisioned = { show: { clientId: [''] } };

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
				'The RoboMQ application is not provisioned in this n8n yet. Ask your n8n administrator to provision it, then open this credential again and connect your account.',
			name: 'provisioningNotice',
			type: 'notice',
			default: '',
			displayOptions: showUnlessProvisioned,
		},
		{
			// n8n shows a notice only where there is also something other than notices.
			displayName: 'Message to Your n8n Administrator',
			name: 'provisioningRequest',
			type: 'string',
			typeOptions: { copyButton: true },
			default:
				'Please provision the RoboMQ application for Outlook in our n8n: https://github.com/robomq/n8n-nodes-robomq-outlook/blob/main/docs/robomq-operator.md',
			description: 'Press the text to copy it',
			displayOptions: showUnlessProvisioned,
		},
	];
}
