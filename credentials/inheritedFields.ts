import type { INodeProperties } from 'n8n-workflow';
import { CLOUD_INSTANCES } from '../nodes/SendOutlookMail/account/cloudInstances';

/** A field that n8n fills from its default and never shows. */
export function hidden(
	name: string,
	displayName: string,
	value: INodeProperties['default'],
): INodeProperties {
	return { displayName, name, type: 'hidden', default: value };
}

/**
 * What n8n's `oAuth2Api` offers to every provider and Entra ID answers only one way. Overridden as
 * hidden, so that a designer sees nothing to choose where there is no choice.
 */
export const FIXED_OAUTH_FIELDS: INodeProperties[] = [
	hidden('grantType', 'Grant Type', 'authorizationCode'),
	// Grant type `pkce` would drop n8n's check for a credential that was never connected.
	hidden('usePkce', 'Use PKCE', true),
	hidden('authentication', 'Authentication', 'body'),
	hidden(
		'authQueryParameters',
		'Auth URI Query Parameters',
		'response_mode=query&prompt=select_account',
	),
	hidden('sendAdditionalBodyProperties', 'Send Additional Body Properties', false),
	hidden('additionalBodyProperties', 'Additional Body Properties', ''),
	// The token is of use at Graph only; n8n's HTTP Request node may take it nowhere else.
	hidden('allowedHttpRequestDomains', 'Allowed HTTP Request Domains', 'domains'),
	hidden(
		'allowedDomains',
		'Allowed Domains',
		Object.values(CLOUD_INSTANCES)
			.map(({ graphOrigin }) => new URL(graphOrigin).hostname)
			.join(','),
	),
];
