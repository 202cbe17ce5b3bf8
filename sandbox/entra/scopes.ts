import { Refusal } from './refusal';

/**
 * Delegated permissions as the consent page names them. @cites twoPermissions
 */
export const GRAPH_PERMISSIONS: Readonly<Record<string, { title: string; description: string }>> = {
	'Mail.Send': {
		title: 'Send mail as you',
		description: 'Allows the app to send mail as you.',
	},
	'Mail.Send.Shared': {
		title: 'Send mail on behalf of others or yourself',
		description: 'Allows the app to send mail as you or on behalf of someone else.',
	},
	'Mail.ReadWrite': {
		title: 'Read and write access to your mail',
		description:
			'Allows the app to read, update, create and delete email in your mailbox. Does not include permission to send mail.',
	},
	'Mail.Read': {
		title: 'Read your mail',
		description: 'Allows the app to read email in your mailbox.',
	},
	'User.Read': {
		title: 'Sign you in and read your profile',
		description:
			'Allows you to sign in to the app with your organizational account and let the app read your profile.',
	},
};

export const OPENID_SCOPES: Readonly<Record<string, { title: string; description: string }>> = {
	openid: { title: 'Sign you in', description: 'Allows you to sign in to the app.' },
	profile: {
		title: 'View your basic profile',
		description: 'Allows the app to see your basic profile (name, picture, user name).',
	},
	email: {
		title: 'View your email address',
		description: 'Allows the app to read your primary email address.',
	},
	offline_access: {
		title: 'Maintain access to data you have given it access to',
		description:
			'Allows the app to see and update the data you gave it access to, even when you are not currently using the app.',
	},
};

/** A scope in the name that Graph and the token use, or a refusal where nobody offers it. */
function canonical(scope: string, graphOrigin: string, appName: string): string {
	const resource = `${graphOrigin}/`;
	const name = scope.startsWith(resource) ? scope.slice(resource.length) : scope;
	if (name.includes('://')) {
		throw new Refusal(500011, { resource: name.slice(0, name.lastIndexOf('/')), tenant: 'this' });
	}
	const known = [...Object.keys(GRAPH_PERMISSIONS), ...Object.keys(OPENID_SCOPES)];
	const match = known.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
	if (match === undefined) throw new Refusal(650053, { name: appName, scope });
	return match;
}

/** `Mail.Send` and `https://graph/Mail.Send` are the same. @cites shortScopes */
export function parseScopes(scope: string, graphOrigin: string, appName: string): string[] {
	const names = scope.split(' ').filter((name) => name !== '');
	return [...new Set(names.map((name) => canonical(name, graphOrigin, appName)))];
}

export function permissionsOf(scopes: readonly string[]): string[] {
	return scopes.filter((scope) => scope in GRAPH_PERMISSIONS);
}
