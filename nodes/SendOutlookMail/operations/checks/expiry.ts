import { failed, ok, skipped, warning, type Finding } from './finding';
import type { Application } from '../../account/application';
import type { CredentialData } from '../../account/connection';
import { describeExpiry, isEndingSoon, readExpiry } from '../../account/expiry';

/** When do client secret or certificate end? */
export function judgeExpiry(
	credential: CredentialData,
	application: Application,
	now: Date,
): Finding {
	const expiry = readExpiry(credential, now);
	if (!expiry) {
		return application === 'roboMq'
			? skipped("RoboMQ's operator looks after the client secret of the application.")
			: skipped(
					'The credential does not tell when its client secret or certificate ends.',
					'Enter Client Secret Expires On in the credential; the date stands in the app registration under Certificates & secrets.',
				);
	}
	const { detail, remedy } = describeExpiry(expiry, application);
	if (expiry.daysLeft <= 0) return failed({ message: detail, remedy });
	return isEndingSoon(expiry) ? warning(detail, remedy) : ok(detail);
}
