import type { IExecuteFunctions } from 'n8n-workflow';
import { CLOUD_INSTANCES, CUSTOM_CLOUD_INSTANCE } from '../../account/cloudInstances';
import type { LinkedApp } from '../../account/application';
import type { LinkedAccount } from '../../account/linkedAccount';
import { ASK_ABOUT_NETWORK, explainExchange } from '../../explain/exchange';
import { asError } from '../../facts/failure';
import {
	goesThroughProxy,
	readBlocked,
	readEgressRules,
	type EgressRules,
	type Environment,
} from '../../graph/network';
import { failed, ok, warning, type Finding } from './finding';

type Account = Pick<
	LinkedAccount,
	'app' | 'cloudInstance' | 'graphOrigin' | 'loginOrigin' | 'rights'
>;

interface Host {
	origin: string;
	purpose: string;
	/** Whether emails depend on it with what the account has been granted. */
	isNeeded: boolean;
}

/**
 * How requests get to each of the three hosts: directly or through a proxy, and whether n8n's rules
 * allow it. Nothing is sent.
 */
export async function checkNetwork(
	context: Pick<IExecuteFunctions, 'helpers'>,
	account: Account,
	environment: Environment = process.env,
): Promise<Finding> {
	const egress = readEgressRules(context);
	const hosts = hostsOf(account);
	const routes = await Promise.all(
		hosts.map(async (host) => ({
			...host,
			...(await routeTo(host, account.app, egress, environment)),
		})),
	);
	const detail = [
		...routes.map(({ said }) => said),
		...(egress ? [] : ['This version of n8n does not show its egress rules to nodes.']),
		...(hosts.some(({ purpose }) => purpose === UPLOADS) ? [] : [UNKNOWN_UPLOAD_HOST]),
	].join(' ');
	const problems = routes.filter(({ remedy }) => remedy !== undefined);
	const remedy = [...new Set(problems.map((route) => route.remedy))].join(' ');
	if (problems.some(({ isNeeded }) => isNeeded)) return failed({ message: detail, remedy });
	return problems.length > 0 ? warning(detail, remedy) : ok(detail);
}

const UPLOADS = 'uploads of files of 3 MB and more';

/** Microsoft Graph names it when a file is uploaded. */
const UNKNOWN_UPLOAD_HOST =
	'The host to which files of 3 MB and more are uploaded is not known beforehand for this cloud; a message names it if it can’t be reached.';

function hostsOf({ cloudInstance, graphOrigin, loginOrigin, rights }: Account): Host[] {
	const { uploadOrigins = [] } =
		cloudInstance === CUSTOM_CLOUD_INSTANCE ? {} : CLOUD_INSTANCES[cloudInstance];
	return [
		{ origin: loginOrigin, purpose: 'sign-in', isNeeded: true },
		{ origin: graphOrigin, purpose: 'Microsoft Graph', isNeeded: true },
		...uploadOrigins.map((origin) => ({
			origin,
			purpose: UPLOADS,
			isNeeded: rights.granted?.has('Mail.ReadWrite') ?? false,
		})),
	];
}

async function routeTo(
	{ origin, purpose }: Host,
	app: LinkedApp,
	egress: EgressRules | undefined,
	environment: Environment,
): Promise<{ said: string; remedy?: string }> {
	const url = new URL(origin);
	const isProxied = goesThroughProxy(url, environment);
	const way = isProxied ? 'through the proxy' : 'directly';
	const said = (end: string) => `${url.host} (${purpose}): ${way}${end}.`;
	try {
		await egress?.check(url);
		return { said: said(egress ? ', allowed by n8n' : '') };
	} catch (error) {
		const blocked = readBlocked(asError(error), url);
		if (blocked) {
			const { remedy } = explainExchange(blocked, '', app);
			return { said: said(', blocked by the security settings of this n8n'), remedy };
		}
		// Behind a proxy, names need not be known on this machine: the proxy looks them up.
		if (isProxied) return { said: said('') };
		return { said: said(', but its name is not known here'), remedy: `${ASK_ABOUT_NETWORK}.` };
	}
}
