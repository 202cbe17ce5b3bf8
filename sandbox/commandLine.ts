import { parseArgs } from 'node:util';
import type { SandboxOptions } from './sandbox';

export const USAGE = `Usage: npm run sandbox -- [options]

  --login-port <port>          default: a free one         SANDBOX_LOGIN_PORT
  --graph-port <port>          default: a free one         SANDBOX_GRAPH_PORT
  --upload-port <port>         default: a free one         SANDBOX_UPLOAD_PORT
  --tls                        https, own authority        SANDBOX_TLS=true
  --latency <ms>               Graph answers that late     SANDBOX_LATENCY
  --connect-latency <ms>       serves a new connection     SANDBOX_CONNECT_LATENCY
                               of Graph that late
  --concurrency <requests>     of a mailbox, default 4     SANDBOX_CONCURRENCY
  --concurrency-per-app        of an app with all its      SANDBOX_CONCURRENCY_PER_APP=true
                               mailboxes instead
  --token-lifetime <seconds>   default 3600                SANDBOX_TOKEN_LIFETIME
  --redirect-uri <uri>         once more for each          SANDBOX_REDIRECT_URI

Prints one line of JSON with its addresses, then what to enter in n8n to link an account. Runs until it is
stopped.
`;

const NUMBERS = {
	'login-port': 'loginPort',
	'graph-port': 'graphPort',
	'upload-port': 'uploadPort',
	latency: 'latencyMs',
	'connect-latency': 'connectLatencyMs',
	concurrency: 'concurrencyLimit',
	'token-lifetime': 'accessTokenLifetimeSeconds',
} as const satisfies Record<string, keyof SandboxOptions>;

/** Arguments first, then the environment; undefined where help is wanted. */
export function readOptions(
	args: string[],
	environment: Readonly<Record<string, string | undefined>>,
): SandboxOptions | undefined {
	const { values } = parseArgs({
		args,
		options: {
			help: { type: 'boolean', short: 'h' },
			tls: { type: 'boolean' },
			'concurrency-per-app': { type: 'boolean' },
			'redirect-uri': { type: 'string', multiple: true },
			'login-port': { type: 'string' },
			'graph-port': { type: 'string' },
			'upload-port': { type: 'string' },
			latency: { type: 'string' },
			'connect-latency': { type: 'string' },
			concurrency: { type: 'string' },
			'token-lifetime': { type: 'string' },
		},
	});
	if (values.help === true) return undefined;
	const fromEnvironment = (name: string) =>
		environment[`SANDBOX_${name.toUpperCase().replaceAll('-', '_')}`];

	const options: SandboxOptions = {
		tls: values.tls ?? fromEnvironment('tls') === 'true',
		concurrencyPer:
			(values['concurrency-per-app'] ?? fromEnvironment('concurrency-per-app') === 'true')
				? 'app'
				: 'mailbox',
		appsRedirectUris: values['redirect-uri'] ?? list(fromEnvironment('redirect-uri')),
	};
	for (const [argument, option] of Object.entries(NUMBERS)) {
		const text = values[argument as keyof typeof NUMBERS] ?? fromEnvironment(argument);
		if (text === undefined) continue;
		if (!/^\d+$/.test(text)) throw new Error(`--${argument} takes a number, not "${text}".`);
		options[option] = Number(text);
	}
	return options;
}

function list(text: string | undefined): string[] {
	return (text ?? '').split(',').filter((uri) => uri !== '');
}
