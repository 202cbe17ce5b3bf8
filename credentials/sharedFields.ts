import type { INodeProperties } from 'n8n-workflow';

/** A field that n8n fills from its default and never shows. Unless n8n pins it, a value can be stored. */
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
	// Beside `restrictToSupportedNodes`, for an n8n that does not know it: the HTTP Request node of a
	// workflow could otherwise read the mailbox with the token.
	hidden('allowedHttpRequestDomains', 'Allowed HTTP Request Domains', 'none'),
	hidden('allowedDomains', 'Allowed Domains', ''),
];

/** Whom the account may send to, in whichever workflow it is used. */
export const ALLOWED_RECIPIENTS: INodeProperties = {
	displayName: 'Allowed Recipients',
	name: 'allowedRecipients',
	type: 'string',
	noDataExpression: true,
	default: '',
	placeholder: 'e.g. contoso.com, jane@example.com',
	hint: 'Domains or addresses, separated by commas. Empty allows every recipient.',
	description:
		'Who may receive email from this account. Every recipient in To, CC, BCC and Reply To must match, in every workflow that uses the account. Otherwise nothing is sent.',
};
