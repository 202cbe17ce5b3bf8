import { BASE_SCOPES, type Application, type CredentialData } from '../../account/application';
import { describeExpiry, expiresSoon, readExpiry } from '../../account/linkedAccount';
import { grantedScopes, isNamed, tickedPermissions } from '../../account/permissions';
import { type Finding, failed, ok, skipped, warning } from './finding';

/**
 * Was Mail.Send granted, and what the owner ticked? Entra ID adds what was consented to before, often
 * `openid profile User.Read`.
 */
export function judgePermission(credential: CredentialData, tokenData: unknown): Finding {
	const granted = grantedScopes(tokenData)?.filter((name) => PERMISSION_NAME.test(name));
	if (!granted) return skipped('Entra ID did not say which permissions the connection has.');
	const isGranted = (name: string) => isNamed(granted, name);
	if (!isGranted('Mail.Send')) {
		return failed({
			message: 'Mail.Send was not granted',
			remedy:
				'Connect the account again and accept the permissions. If nothing is asked, an Entra admin grants Mail.Send (delegated) to the application.',
		});
	}
	const ticked = tickedPermissions(credential);
	const notGranted = ticked.filter((name) => !isGranted(name));
	if (notGranted.length > 0) {
		return warning(
			`Mail.Send was granted, ${notGranted.join(' and ')} not.`,
			needsAdministrator(notGranted)
				? `${ADD_AND_CONNECT} ${ADMINISTRATOR_CONSENTS}`
				: ADD_AND_CONNECT,
		);
	}
	const asked = [...BASE_SCOPES, ...ticked];
	const others = granted.filter((name) => !isNamed(asked, name));
	const unused =
		others.length > 0
			? ` Also granted to this application, and not asked for by this credential: ${others.join(', ')}.`
			: '';
	return {
		...ok(`Granted: ${['Mail.Send', ...ticked].join(', ')}.${unused}`),
		remedy: isNamed(others, 'User.Read') ? REMOVE_USER_READ : '',
	};
}

/** A registration in the portal comes with it. */
const REMOVE_USER_READ =
	'The node does not use User.Read, which the portal adds to a registration: the owner of the application can remove it under API permissions.';

const ADD_AND_CONNECT =
	'Add it under API permissions of the app registration, then connect the account again.';

/** https://learn.microsoft.com/entra/identity/enterprise-apps/manage-app-consent-policies */
const ADMINISTRATOR_CONSENTS =
	"Microsoft's managed consent policy leaves Mail.ReadWrite to administrators: an Entra admin grants consent to the application first (AADSTS90094 otherwise).";

function needsAdministrator(permissions: readonly string[]): boolean {
	return permissions.includes('Mail.ReadWrite');
}

/** Of an account that nobody has connected yet. */
export function judgeUnconnected(credential: CredentialData): Finding {
	return needsAdministrator(tickedPermissions(credential))
		? skipped('The account is not connected yet.', ADMINISTRATOR_CONSENTS)
		: skipped('The account is not connected yet.');
}

/** Such as `Mail.Send` or `openid`. */
const PERMISSION_NAME = /^[A-Za-z][\w.-]{0,60}$/;

/** When do client secret or certificate expire? */
export function judgeExpiry(
	credential: CredentialData,
	application: Application,
	now: Date,
): Finding {
	const expiry = readExpiry(credential, now);
	if (!expiry) {
		return application === 'roboMq'
			? skipped("RoboMQ's operator renews the client secret of the application.")
			: skipped(
					'The credential holds no expiry date of its client secret.',
					'Enter Client Secret Expires On in the credential; you find the date in the app registration under Certificates & secrets.',
				);
	}
	const { detail, remedy } = describeExpiry(expiry, application);
	if (expiry.daysLeft <= 0) return failed({ message: detail, remedy });
	return expiresSoon(expiry) ? warning(detail, remedy) : ok(detail);
}
