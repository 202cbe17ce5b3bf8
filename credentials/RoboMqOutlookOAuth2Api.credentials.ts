import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { ALLOWED_RECIPIENTS, FIXED_OAUTH_FIELDS, hidden } from './sharedFields';
import { DEFAULT_CLOUD_INSTANCE } from '../nodes/SendOutlookMail/account/cloudInstances';
import {
	PROVISIONED_AUTHORIZATION_URL,
	PROVISIONED_TOKEN_URL,
} from '../nodes/SendOutlookMail/account/connectionRules';
import { BASE_SCOPE } from '../nodes/SendOutlookMail/account/application';

/** n8n leaves a field that the operator provides out of the data; one that nobody provides is empty. */
const showUnlessProvisioned = { show: { clientId: [''] } };

/** Every field in which n8n lets a person store a value. It pins the others, such as `accessTokenUrl`. */
const STORABLE = [
	...['allowedDomains', 'allowedHttpRequestDomains', 'allowedRecipients', 'authQueryParameters'],
	...['certificate', 'clientCredentialType', 'clientId', 'cloudInstance'],
	...['provisioningNotice', 'provisioningRequest', 'scope', 'tenantId'],
	...['privateKey', 'clientSecret', 'oauthTokenData'],
	...[
		...['access_token', 'accessToken', 'refresh_token', 'refreshToken', 'scope', 'resource'],
		...['token_type', 'tokenType', 'expires_in', 'n8n_expires_at'],
	].map((name) => `oauthTokenData.${name}`),
];

/**
 * By order of characters: `>` comes right after `=`. The condition `startsWith` of n8n 2.0 and older throws
 * for what is not a text.
 */
const STARTS_LIKE_AN_EXPRESSION = { between: { from: '=', to: '>' } };

/**
 * n8n evaluates an expression that is stored in any field of a credential, and `$self` in it names the
 * fields that the operator provides: `{{ $self.clientSecret }}` as the client ID writes the secret into
 * the sign-in URL. So n8n leaves the secret out as soon as one field holds an expression, or a list,
 * whose entries n8n evaluates too. Rules under `show` would not do: n8n skips them for expressions.
 */
const withholdFromExpressions: Pick<INodeProperties, 'displayOptions'> = {
	displayOptions: {
		hide: Object.fromEntries(
			STORABLE.flatMap((field) => [
				[`/${field}`, [{ _cnd: STARTS_LIKE_AN_EXPRESSION }]],
				// What every list has, and no text.
				[`/${field}.push`, [{ _cnd: { exists: true } }]],
			]),
		),
	},
};

/**
 * The application that RoboMQ owns. Its client ID and secret are never in this package: the n8n
 * operator provides them as credential overwrites, and n8n keeps them from the designer.
 */
export class RoboMqOutlookOAuth2Api implements ICredentialType {
	name = 'roboMqOutlookOAuth2Api';

	extends = ['oAuth2Api'];

	restrictToSupportedNodes = true as const;

	displayName = 'RoboMQ Outlook OAuth2 API';

	icon: Icon = { light: 'file:../icons/outlook.svg', dark: 'file:../icons/outlook.dark.svg' };

	documentationUrl =
		'https://github.com/robomq/n8n-nodes-robomq-outlook/blob/main/docs/designer.md#link-your-account';

	properties: INodeProperties[] = [
		...FIXED_OAUTH_FIELDS,
		hidden('authUrl', 'Authorization URL', PROVISIONED_AUTHORIZATION_URL),
		hidden('accessTokenUrl', 'Access Token URL', PROVISIONED_TOKEN_URL),
		hidden('clientId', 'Client ID', ''),
		hidden('clientCredentialType', 'Client Credential Type', 'clientSecret'),
		{ ...hidden('clientSecret', 'Client Secret', ''), ...withholdFromExpressions },
		{ ...hidden('privateKey', 'Private Key', ''), ...withholdFromExpressions },
		hidden('certificate', 'Certificate', ''),
		hidden('scope', 'Scope', BASE_SCOPE),
		hidden('cloudInstance', 'Entra ID Cloud Instance', DEFAULT_CLOUD_INSTANCE),
		hidden('tenantId', 'Tenant ID', ''),
		{
			displayName:
				'The RoboMQ application is not provisioned in this n8n yet. Ask your n8n administrator to provision it, then open this credential again and connect your account. To use an application of your own company instead, choose Customer-Owned in the list above.',
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
		ALLOWED_RECIPIENTS,
	];
}
