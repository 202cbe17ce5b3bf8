import type { Failure } from '../../facts/failure';
import type { CheckFields } from '../../output/fields';

/** What one check of the connection found, in words for the person who can act. */
export type Finding = Required<Omit<CheckFields, 'check'>>;

export function ok(detail: string): Finding {
	return { status: 'ok', detail, remedy: '' };
}

export function skipped(detail: string, remedy = ''): Finding {
	return { status: 'skipped', detail, remedy };
}

export function warning(detail: string, remedy: string): Finding {
	return { status: 'warning', detail, remedy };
}

/** With the code and Microsoft's own words, by which an admin finds more. */
export function failed({ message, remedy, details = {} }: Omit<Failure, 'code'>): Finding {
	const { aadsts, httpStatus, requestId, traceId, microsoftSays, networkSays, n8nSays } = details;
	const found = [
		aadsts,
		httpStatus && `status ${httpStatus}`,
		requestId && `request ID ${requestId}`,
		traceId && `trace ID ${traceId}`,
		microsoftSays && `Microsoft says: ${microsoftSays}`,
		networkSays && `the network says: ${networkSays}`,
		n8nSays && `n8n says: ${n8nSays}`,
	].filter(Boolean);
	return {
		status: 'failed',
		detail: found.length > 0 ? `${message} (${found.join(', ')})` : message,
		remedy,
	};
}
