import { failed, ok, skipped, warning, type Finding } from './finding';
import type { CredentialData } from '../../account/connection';

/** Was Mail.Send granted, and what the owner ticked beside it? */
export function judgePermission(credential: CredentialData, tokenData: unknown): Finding {
	const { scope } = (tokenData ?? {}) as { scope?: unknown };
	if (typeof scope !== 'string' || scope.trim() === '') {
		return skipped('Entra ID did not say which permissions the connection has.');
	}
	// Entra ID may write the resource before the name: https://graph.microsoft.com/Mail.Send
	const granted = scope.split(/\s+/).map((name) => name.split('/').at(-1)!.toLowerCase());
	const missing = (names: readonly string[]) =>
		names.filter((name) => !granted.includes(name.toLowerCase()));
	if (missing(['Mail.Send']).length > 0) {
		return failed({
			message: 'Mail.Send was not granted',
			remedy:
				'Connect the account again and accept the permissions. If nothing is asked, an Entra admin grants Mail.Send (delegated) to the application.',
		});
	}
	const ticked = Array.isArray(credential.permissions) ? credential.permissions.map(String) : [];
	const notGranted = missing(ticked);
	return notGranted.length > 0
		? warning(
				`Mail.Send was granted, ${notGranted.join(' and ')} not.`,
				'Add it under API permissions of the app registration, then connect the account again.',
			)
		: ok(`Granted: ${['Mail.Send', ...ticked].join(', ')}.`);
}
