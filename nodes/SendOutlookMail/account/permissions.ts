import { asObject, asText } from '../facts/json';
import { refusal, type Refusal } from '../mail/issues';
import {
	OPTIONAL_PERMISSIONS,
	type Application,
	type CredentialData,
	type OptionalPermission,
} from './application';

/** What the linked account allowed beyond sending as itself. */
export interface SenderRights {
	/** Undefined where no account is linked yet. */
	granted: ReadonlySet<OptionalPermission> | undefined;
	/** How to get a permission that is missing: one or two sentences. */
	howToGet(permission: OptionalPermission): string;
}

/**
 * Reads what Entra ID granted with the token; where n8n kept no scopes, what the owner ticked. The
 * two differ when someone ticked a permission and did not connect again.
 */
export function readSenderRights(
	credential: CredentialData,
	application: Application,
): SenderRights {
	// What a person granted to the same application elsewhere comes with the token; it is not used.
	if (application === 'roboMq') return unlinkedSenderRights(application);
	const ticked = knownPermissions(tickedPermissions(credential));
	const scopes = grantedScopes(credential.oauthTokenData);
	const granted = scopes ? knownPermissions(scopes) : ticked;
	return { granted, howToGet: (permission) => howToGet(permission, application, ticked) };
}

/** The rights that can be known before an account is linked: the RoboMQ application asks for no more. */
export function unlinkedSenderRights(application: Application): SenderRights {
	return {
		granted: application === 'roboMq' ? new Set() : undefined,
		howToGet: (permission) => howToGet(permission, application, new Set()),
	};
}

/** What the owner of the credential ticked. */
export function tickedPermissions({ permissions }: CredentialData): string[] {
	return (Array.isArray(permissions) ? permissions : []).filter((name) => typeof name === 'string');
}

/**
 * What Entra ID granted, by name: it may write a scope with its resource, such as
 * `https://graph.microsoft.com/Mail.ReadWrite`. Undefined where n8n kept no scopes.
 */
export function grantedScopes(tokenData: unknown): string[] | undefined {
	const scope = asText(asObject(tokenData)?.scope)?.trim();
	return scope ? scope.split(/[\s,]+/).map((name) => name.split('/').at(-1)!) : undefined;
}

/** Entra ID does not tell names apart by case. */
export function isNamed(names: readonly string[], permission: string): boolean {
	return names.some((name) => name.toLowerCase() === permission.toLowerCase());
}

function knownPermissions(names: readonly string[]): ReadonlySet<OptionalPermission> {
	const known = Object.keys(OPTIONAL_PERMISSIONS) as OptionalPermission[];
	return new Set(known.filter((permission) => isNamed(names, permission)));
}

function howToGet(
	permission: OptionalPermission,
	application: Application,
	ticked: ReadonlySet<OptionalPermission>,
): string {
	if (application === 'roboMq') {
		return `The RoboMQ application does not ask for ${permission}: link the account with a customer-owned application that has it.`;
	}
	return ticked.has(permission)
		? `The credential asks for ${permission}, but the account has not granted it yet: open the credential and connect again; an Entra admin may have to consent.`
		: `Tick ${permission} under Permissions in the credential, add it to the app under API permissions, and connect again.`;
}

/**
 * An email that names its sender needs the Mail.Send.Shared permission, even if the sender is the
 * linked mailbox itself: a token with these permissions does not name the mailbox.
 * https://learn.microsoft.com/graph/outlook-send-mail-from-other-user
 *
 * @param from the address in From; undefined if the email leaves from the linked mailbox
 */
export function refuseForeignSender(from: string | undefined, rights: SenderRights): Refusal[] {
	if (from === undefined || !rights.granted || rights.granted.has('Mail.Send.Shared')) return [];
	return [
		refusal('from', {
			cause:
				'To send from a named mailbox, the linked account needs the Mail.Send.Shared permission.',
			remedy: `${rights.howToGet('Mail.Send.Shared')} If From is the linked mailbox itself, remove the option.`,
			value: from,
		}),
	];
}
