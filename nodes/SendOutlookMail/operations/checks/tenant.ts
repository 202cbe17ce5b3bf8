import { failed, ok, skipped, warning, type Finding } from './finding';
import { asError } from '../../facts/causeChain';
import { readBlocked } from '../../graph/connectionErrors';
import { explainExchange } from '../../explain/exchange';
import { explainTokenRefusal } from '../../explain/signIn';
import type { LinkedApp } from '../../account/linkedApp';
import type { Connection } from '../../account/connection';
import type { TenantAnswer } from '../../account/openIdConfiguration';

/** Do cloud and tenant exist? */
export function judgeTenant(
	answer: TenantAnswer,
	{ loginOrigin, tenant }: Connection,
	app: LinkedApp,
): Finding {
	const { host } = new URL(loginOrigin);
	switch (answer.kind) {
		case 'found':
			return ok(`${host} knows the tenant ${tenant}.`);
		case 'refused':
			return failed(explainTokenRefusal(answer.said, app));
		case 'foreign':
			return failed({
				message: `${host} refers to ${answer.host} for the tenant ${tenant}; nothing was sent there`,
				remedy:
					app.owner === 'customer'
						? 'Choose the Entra ID Cloud Instance of the tenant in the credential.'
						: "RoboMQ's operator checks authUrl and accessTokenUrl in n8n's credential overwrites.",
			});
		case 'noAnswer': {
			const blocked = readBlocked(asError(answer.cause), new URL(loginOrigin));
			if (blocked) return failed(explainExchange(blocked, '', app));
			return failed({
				message: `${host} could not be asked about the tenant ${tenant}`,
				remedy: `Ask your n8n administrator to check the network of this n8n and its proxy settings.${
					app.owner === 'customer'
						? ' Check the Entra ID Cloud Instance in the credential, too.'
						: ''
				}`,
			});
		}
	}
}

/** A signed proof is accepted five minutes around the real time. */
const TOLERATED_MS = 5 * 60_000;
const NOTICEABLE_MS = 60_000;

/** Does the clock of this n8n agree with Microsoft's? */
export function judgeClock(answer: TenantAnswer, now: Date): Finding {
	const serverTime = answer.kind === 'noAnswer' ? undefined : answer.serverTime;
	if (!serverTime) return skipped('The sign-in host did not tell the time.');
	const aheadMs = now.getTime() - serverTime.getTime();
	if (Math.abs(aheadMs) <= NOTICEABLE_MS) return ok('The clock of this n8n is right.');
	const seconds = Math.round(Math.abs(aheadMs) / 1000);
	const message = `The clock of this n8n is ${seconds} seconds ${aheadMs > 0 ? 'ahead' : 'behind'}`;
	const remedy =
		'Ask your n8n administrator to have the machine that runs n8n take its time from the network (NTP). Otherwise tokens are renewed at the wrong time, and certificates are refused.';
	return Math.abs(aheadMs) > TOLERATED_MS
		? failed({ message, remedy })
		: warning(`${message}.`, remedy);
}
