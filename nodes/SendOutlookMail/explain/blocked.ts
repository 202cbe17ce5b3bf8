import { isIP } from 'node:net';
import { messageOf } from '../facts/causeChain';
import type { EgressRule } from '../graph/egressRefusal';
import type { Failure } from '../facts/failure';
import { definedEntries, quote } from '../facts/redact';

/**
 * Says that n8n itself does not let its nodes connect to a host, and which setting allows it.
 * https://docs.n8n.io/deploy/host-n8n/configure-n8n/basic-configuration/use-environment-variables/ssrf-protection
 *
 * @param host without a port, as n8n's settings want it
 */
export function explainBlocked(host: string, rule: EgressRule, cause: unknown): Failure {
	return {
		code: 'blockedByN8n',
		message: `The security settings of this n8n do not allow a connection to ${host}`,
		remedy: `Ask your n8n administrator to ${howToAllow(host, rule)}. Nothing was sent.`,
		details: definedEntries({ n8nSays: quote(messageOf(cause) ?? '') }),
	};
}

/** An address that is written as such has no name that could be allowed. */
function howToAllow(host: string, rule: EgressRule): string {
	const family = isIP(host);
	if (family > 0) {
		return `add ${host}/${family === 4 ? 32 : 128} to N8N_SSRF_ALLOWED_IP_RANGES and start n8n again`;
	}
	const remove = rule === 'hostname' ? ', or take it out of N8N_SSRF_BLOCKED_HOSTNAMES,' : '';
	return `add ${host} to N8N_SSRF_ALLOWED_HOSTNAMES${remove} and start n8n again`;
}
