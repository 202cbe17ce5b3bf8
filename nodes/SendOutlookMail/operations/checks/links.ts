import type { IExecuteFunctions } from 'n8n-workflow';
import { describeLocalLinks, HOST_CANNOT_WAIT } from '../../explain/refusals';
import { ok, skipped, type Finding } from './finding';

/** Where the links of questions by email lead: an address that only people can judge. */
export function findLinks(
	context: Partial<Pick<IExecuteFunctions, 'getSignedResumeUrl'>>,
): Finding {
	if (typeof context.getSignedResumeUrl !== 'function') {
		return skipped(HOST_CANNOT_WAIT.message, HOST_CANNOT_WAIT.remedy);
	}
	const { origin, hostname } = new URL(context.getSignedResumeUrl({}));
	// No warning: without questions by email there is nothing to do.
	return ok(
		isLocal(hostname)
			? describeLocalLinks(origin)
			: `Links of questions by email lead to ${origin}.`,
	);
}

/** Whether only this computer can open it. */
export function isLocal(hostname: string): boolean {
	return /^(?:localhost|127\..*|\[::1\]|0\.0\.0\.0)$/.test(hostname);
}
