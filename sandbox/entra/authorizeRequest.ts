import type { Cloud } from '../cloud';
import type { Application } from '../directory';
import { parseChallenge } from './pkce';
import { isRegistered } from './redirectUri';
import { Refusal } from './refusal';
import { parseScopes, permissionsOf } from './scopes';
import type { SignInFlow } from './signInFlow';
import { findApp, parseTenant, type TenantPath } from './tenantPath';

export type AuthorizeQuery = Readonly<Record<string, string | undefined>>;

/** Where the app may be told; before this is known, an error can only be shown on a page. */
export interface Destination {
	readonly app: Application;
	readonly path: TenantPath;
	readonly redirectUri: string;
}

const PROMPTS = ['login', 'none', 'consent', 'select_account'];

/** Errors from here are shown on a page and never redirected (RFC 6749, 4.1.2.1). */
export function readDestination(segment: string, query: AuthorizeQuery, cloud: Cloud): Destination {
	const path = parseTenant(segment, cloud.directory);
	const clientId = query['client_id'];
	if (clientId === undefined) throw new Refusal(900144, { parameter: 'client_id' });
	const app = findApp(clientId, path, cloud.directory);
	const redirectUri = query['redirect_uri'];
	if (redirectUri === undefined) throw new Refusal(900971);
	if (!isRegistered(redirectUri, app.redirectUris)) {
		throw new Refusal(50011, { redirectUri, app: app.id });
	}
	if (app.permissions.length === 0) throw new Refusal(650056, { app: app.id });
	return { app, path, redirectUri };
}

/** Errors from here go back to the app on the redirect. */
export function readRequest(
	segment: string,
	query: AuthorizeQuery,
	destination: Destination,
	cloud: Cloud,
): Omit<SignInFlow, 'id'> {
	const responseType = query['response_type'];
	if (responseType === undefined) throw new Refusal(900144, { parameter: 'response_type' });
	if (responseType !== 'code') throw new Refusal(700051, { responseType });
	const mode = query['response_mode'] ?? 'query';
	if (mode !== 'query') throw new Refusal(90023, { parameter: 'response_mode', value: mode });
	const scope = query['scope'];
	if (scope === undefined || scope.trim() === '') throw new Refusal(900144, { parameter: 'scope' });
	const scopes = parseScopes(scope, cloud.graphOrigin, destination.app.name);
	if (permissionsOf(scopes).length === 0 && !scopes.includes('openid')) {
		throw new Refusal(70011, { scope });
	}
	const prompt = query['prompt'] === '' ? undefined : query['prompt'];
	if (prompt !== undefined && !PROMPTS.includes(prompt)) {
		throw new Refusal(90023, { parameter: 'prompt', value: prompt });
	}
	return {
		...destination,
		segment,
		scopes,
		prompt,
		loginHint: query['login_hint'],
		state: query['state'],
		nonce: query['nonce'],
		challenge: parseChallenge(query['code_challenge'], query['code_challenge_method']),
	};
}
