import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { ALLOWED_RECIPIENTS, FIXED_OAUTH_FIELDS, hidden } from './sharedFields';
import {
	CLOUD_INSTANCES,
	CUSTOM_CLOUD_INSTANCE,
	DEFAULT_CLOUD_INSTANCE,
} from '../nodes/SendOutlookMail/account/cloudInstances';
import {
	AUTHORIZATION_URL,
	SCOPE,
	TOKEN_URL,
} from '../nodes/SendOutlookMail/account/connectionRules';
import { OPTIONAL_PERMISSIONS } from '../nodes/SendOutlookMail/account/application';

const showForClientSecret = { show: { clientCredentialType: ['clientSecret'] } };
const showForCertificate = { show: { clientCredentialType: ['certificate'] } };
const showForCustomCloud = { show: { cloudInstance: [CUSTOM_CLOUD_INSTANCE] } };

/**
 * The order of the fields is n8n's, so the steps name them. Its notices keep the tags `a`, `ul` and
 * `li` only, and every `li` gets a bullet.
 */
const SETUP_STEPS = [
	'In the <a href="https://entra.microsoft.com" target="_blank">Entra admin center</a>, open App registrations, then:',
	'<ul>',
	'<li>New registration: platform Web, redirect URI: the OAuth Redirect URL above. (No URL above? It is the address of this n8n, followed by /rest/oauth2-credential/callback.)</li>',
	'<li>API permissions: add the delegated permissions Mail.Send and offline_access of Microsoft Graph.</li>',
	'<li>Overview: copy the Application (client) ID and the Directory (tenant) ID to Client ID and Tenant ID below.</li>',
	'<li>Certificates & secrets: create a client secret, and copy its Value and the date on which it expires. Or upload a certificate, and choose Certificate below.</li>',
	'<li>When everything is filled in, press Connect at the top, and sign in as the person who sends.</li>',
	'</ul>',
].join('');

/**
 * An application that the customer registered in their own Entra tenant. n8n shows the fields that
 * it knows from `oAuth2Api` first and in its own order; the rest follows in the order written here.
 */
export class CustomerOutlookOAuth2Api implements ICredentialType {
	name = 'customerOutlookOAuth2Api';

	extends = ['oAuth2Api'];

	restrictToSupportedNodes = true as const;

	displayName = 'Customer-Owned Outlook OAuth2 API';

	icon: Icon = { light: 'file:../icons/outlook.svg', dark: 'file:../icons/outlook.dark.svg' };

	documentationUrl =
		'https://github.com/robomq/n8n-nodes-robomq-outlook/blob/main/docs/entra-administrator.md';

	properties: INodeProperties[] = [
		...FIXED_OAUTH_FIELDS,
		{
			// Takes the place of a field that Entra ID has no use for, because only the parent's
			// own fields can be above Client ID.
			displayName: SETUP_STEPS,
			name: 'serverUrl',
			type: 'notice',
			default: '',
		},
		hidden('authUrl', 'Authorization URL', AUTHORIZATION_URL),
		hidden('accessTokenUrl', 'Access Token URL', TOKEN_URL),
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			// Not '': a change to the RoboMQ application in the same dialog takes the value
			// along, and an empty client ID there means that nobody provisioned it.
			default: undefined,
			required: true,
			placeholder: 'e.g. 11111111-2222-3333-4444-555555555555',
			hint: 'Overview > Essentials > Application (client) ID',
		},
		{
			displayName: 'Client Authentication',
			name: 'clientCredentialType',
			type: 'options',
			options: [
				{ name: 'Client Secret', value: 'clientSecret' },
				{ name: 'Certificate', value: 'certificate' },
			],
			default: 'clientSecret',
			description: 'How the app proves to Entra ID that it is the app you registered',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: showForClientSecret,
			hint: 'Certificates & secrets > Client secrets: the Value, not the Secret ID',
		},
		{
			displayName: 'Private Key',
			name: 'privateKey',
			type: 'string',
			typeOptions: { password: true, rows: 4 },
			default: '',
			required: true,
			displayOptions: showForCertificate,
			placeholder: '-----BEGIN PRIVATE KEY-----',
			hint: 'The RSA private key of the certificate, in PEM format',
		},
		{
			displayName: 'Certificate',
			name: 'certificate',
			type: 'string',
			typeOptions: { password: true, rows: 4 },
			default: '',
			required: true,
			displayOptions: showForCertificate,
			placeholder: '-----BEGIN CERTIFICATE-----',
			hint: 'In PEM format, as uploaded under Certificates & secrets > Certificates',
		},
		hidden('scope', 'Scope', SCOPE),
		{
			displayName: 'Entra ID Cloud Instance',
			name: 'cloudInstance',
			type: 'options',
			options: [
				...Object.entries(CLOUD_INSTANCES).map(([value, { displayName, loginOrigin }]) => ({
					name: displayName,
					value,
					description: new URL(loginOrigin).hostname,
				})),
				{
					name: 'Custom',
					value: CUSTOM_CLOUD_INSTANCE,
					description: 'A cloud that is not in this list: you enter both hosts',
				},
			],
			default: DEFAULT_CLOUD_INSTANCE,
			description: 'The Microsoft cloud in which your tenant lives',
		},
		{
			displayName: 'Login Host',
			name: 'loginHost',
			type: 'string',
			default: '',
			required: true,
			displayOptions: showForCustomCloud,
			placeholder: 'e.g. https://login.example',
			hint: 'Where people sign in: scheme and host, without a path',
		},
		{
			displayName: 'Graph Host',
			name: 'graphHost',
			type: 'string',
			default: '',
			required: true,
			displayOptions: showForCustomCloud,
			placeholder: 'e.g. https://graph.example',
			hint: 'Where Microsoft Graph answers: scheme and host, without a path',
		},
		{
			displayName: 'Tenant ID',
			name: 'tenantId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 99999999-8888-7777-6666-555555555555',
			hint: 'Overview > Essentials > Directory (tenant) ID. Empty for an app that serves every tenant.',
		},
		// The rule takes any field named after a secret for one; this is the date beside it.
		// eslint-disable-next-line @n8n/community-nodes/credential-password-field
		{
			displayName: 'Client Secret Expires On',
			name: 'clientSecretExpiresOn',
			type: 'dateTime',
			default: '',
			displayOptions: showForClientSecret,
			hint: 'Certificates & secrets > Expires. From 60 days before, the node warns you.',
		},
		{
			displayName: 'Permissions',
			name: 'permissions',
			type: 'multiOptions',
			options: Object.entries(OPTIONAL_PERMISSIONS).map(([value, shown]) => ({ ...shown, value })),
			default: [],
			hint: 'Empty is enough to send as the person who signs in',
			description:
				'What the app may do beyond sending as the person who signs in. Add the same permission under API permissions, then connect again.',
		},
		ALLOWED_RECIPIENTS,
	];
}
