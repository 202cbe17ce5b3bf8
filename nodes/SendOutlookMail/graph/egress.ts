import type { LookupFunction } from 'node:net';
import type { IExecuteFunctions } from 'n8n-workflow';

/** n8n's rules for where its nodes may connect to. */
export interface EgressRules {
	/** @throws the rule's own error when the address is not allowed or cannot be resolved */
	check(url: URL): Promise<void>;
	/** Resolves host names and refuses addresses that are not allowed, when a connection is made. */
	lookup: LookupFunction;
}

/** @returns nothing in an older n8n, which does not tell its rules to nodes */
export function readEgressRules({
	helpers,
}: Pick<IExecuteFunctions, 'helpers'>): EgressRules | undefined {
	const filter = (helpers as Partial<typeof helpers>).getSecureEgressFilter?.();
	if (!filter) return undefined;
	return {
		async check(url) {
			const verdict = await filter.validateUrl(url);
			if (!verdict.ok) throw verdict.error;
		},
		lookup: filter.createSecureLookup(),
	};
}
