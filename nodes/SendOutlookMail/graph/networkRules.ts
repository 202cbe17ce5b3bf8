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

/** Environment variables as Node.js gives them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whether the administrator's settings send requests to this address through a proxy. Reads the
 * variables that n8n reads, by the same rules: `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and, for
 * exceptions, `NO_PROXY`; lower case goes before upper case, npm's names before both.
 * https://github.com/Rob--W/proxy-from-env
 */
export function goesThroughProxy(url: URL, environment: Environment = process.env): boolean {
	const protocol = url.protocol.slice(0, -1);
	const read = (name: string) =>
		(environment[name.toLowerCase()] ?? '') || (environment[name.toUpperCase()] ?? '');
	const proxy = [
		`npm_config_${protocol}_proxy`,
		`${protocol}_proxy`,
		'npm_config_proxy',
		'all_proxy',
	].some((name) => read(name) !== '');
	if (!proxy) return false;
	const exceptions = read('npm_config_no_proxy') || read('no_proxy');
	return !exceptions
		.toLowerCase()
		.split(/[,\s]+/)
		.filter(Boolean)
		.some((exception) => excepts(exception, url));
}

/** An exception is a host name, its end after a dot or an asterisk, or `*`; each may name a port. */
function excepts(exception: string, { hostname, port, protocol }: URL): boolean {
	const [, name = '', onlyPort] = /^(.+?)(?::(\d+))?$/.exec(exception) ?? [];
	const actualPort = port || (protocol === 'http:' ? '80' : '443');
	if (onlyPort !== undefined && onlyPort !== actualPort) return false;
	if (!/^[.*]/.test(name)) return hostname === name;
	return hostname.endsWith(name.replace(/^\*/, ''));
}
