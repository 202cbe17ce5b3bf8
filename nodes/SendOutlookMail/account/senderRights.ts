import type { Application } from './application';
import type { CredentialData } from './connection';
import { OPTIONAL_PERMISSIONS, type OptionalPermission } from './permissions';

/** What the linked account allowed beyond sending as itself. */
export interface SenderRights {
	/** Undefined where no account is linked yet. */
	granted: ReadonlySet<OptionalPermission> | undefined;
	/** How to get a permission that is missing: one or two sentences. */
	howToGet(permission: OptionalPermission): string;
}

/**
 * Reads what Entra ID granted with the token; where n8n kept no scopes, what the owner ticked. The
 * two differ when somebody ticked a permission and did not connect again.
 */
export function readSenderRights(
	{ oauthTokenData, permissions }: CredentialData,
	application: Application,
): SenderRights {
	// What a person granted to the same application elsewhere comes with the token; it is not used.
	if (application === 'roboMq') return unlinkedSenderRights(application);
	const ticked = knownPermissions(Array.isArray(permissions) ? permissions : []);
	const scope = (oauthTokenData as { scope?: unknown } | undefined)?.scope;
	const granted =
		typeof scope === 'string' && scope.trim() !== ''
			? knownPermissions(scope.split(/[\s,]+/))
			: ticked;
	return { granted, howToGet: (permission) => howToGet(permission, application, ticked) };
}

/** The rights that can be known before an account is linked: the RoboMQ app asks for no more. */
export function unlinkedSenderRights(application: Application): SenderRights {
	return {
		granted: application === 'roboMq' ? new Set() : undefined,
		howToGet: (permission) => howToGet(permission, application, new Set()),
	};
}

/** Entra ID may write a scope with its resource: `https://graph.microsoft.com/Mail.ReadWrite`. */
function knownPermissions(scopes: readonly unknown[]): ReadonlySet<OptionalPermission> {
	const names = new Set(scopes.map((scope) => String(scope).split('/').at(-1)?.toLowerCase()));
	const known = Object.keys(OPTIONAL_PERMISSIONS) as OptionalPermission[];
	return new Set(known.filter((permission) => names.has(permission.toLowerCase())));
}

function howToGet(
	permission: OptionalPermission,
	application: Application,
	ticked: ReadonlySet<OptionalPermission>,
): string {
	if (application === 'roboMq') {
		return `The RoboMQ application does not ask for ${permission}: choose Customer-Owned under Application, with an app that has it.`;
	}
	return ticked.has(permission)
		? `The credential asks for ${permission}, but the account has not granted it yet: open the credential and connect again; an Entra admin may have to consent.`
		: `Tick ${permission} under Permissions in the credential, add it to the app under API permissions, and connect again.`;
}
