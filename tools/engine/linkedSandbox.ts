import type { INodeCredentialsDetails, INodeExecutionData } from 'n8n-workflow';
import { startSandbox, type Sandbox, type SandboxOptions } from '#sandbox/index';
import { connectAccount } from './connectAccount';
import { CredentialStore } from './credentialStore';
import type { WorkflowInput, WorkflowResult } from './runWorkflow';

/** A sandbox with one linked account of each application. */
export interface LinkedSandbox {
	sandbox: Sandbox;
	store: CredentialStore;
	credentials: Record<'roboMq' | 'customer', INodeCredentialsDetails>;
	authorizeUrls: Record<'roboMq' | 'customer', URL>;
	/** Runs the node with the account of `application`, which is `customer` unless given. */
	run(
		input: Pick<WorkflowInput, 'parameters' | 'items'> & Partial<WorkflowInput>,
	): Promise<WorkflowResult>;
}

/**
 * Starts a sandbox and links Adele Vance, HR Manager of Contoso, through both applications.
 *
 * @param permissions what the customer's credential asks for beyond Mail.Send
 */
export async function startLinkedSandbox(
	options: SandboxOptions = {},
	permissions: readonly string[] = [],
): Promise<LinkedSandbox> {
	const sandbox = await startSandbox(options);
	const { apps, tenants, accounts } = sandbox.directory;
	const store = new CredentialStore({
		roboMqOutlookOAuth2Api: {
			...signInUrls(sandbox),
			clientId: apps.roboMq.id,
			clientSecret: apps.roboMq.secrets[0]!.value,
		},
	});
	const hosts = {
		cloudInstance: 'custom',
		loginHost: sandbox.loginOrigin,
		graphHost: sandbox.graphOrigin,
	};
	const credentials = {
		roboMq: store.add({
			id: 'robomq',
			name: 'RoboMQ Outlook account',
			type: 'roboMqOutlookOAuth2Api',
			data: {},
		}),
		customer: store.add({
			id: 'customer',
			name: 'Customer-Owned Outlook account',
			type: 'customerOutlookOAuth2Api',
			data: {
				...hosts,
				tenantId: tenants.contoso.id,
				clientId: apps.customerSecret.id,
				clientSecret: apps.customerSecret.secrets[0]!.value,
				permissions: [...permissions],
			},
		}),
	};
	const link = async (application: 'roboMq' | 'customer') =>
		await connectAccount(
			store,
			credentials[application].id!,
			sandbox,
			accounts.adele.userPrincipalName,
		);
	const authorizeUrls = await Promise.all([link('roboMq'), link('customer')]).then(
		([roboMq, customer]) => ({ roboMq, customer }),
		async (error: unknown) => {
			await sandbox.close();
			throw error;
		},
	);
	return {
		sandbox,
		store,
		credentials,
		authorizeUrls,
		run: async (input) => {
			// Not before: loading the engine takes seconds, which tests of one exchange save.
			const { runWorkflow } = await import('./runWorkflow.ts');
			const credential = credentials[input.application ?? 'customer'];
			return await runWorkflow({ store, credential, ...input });
		},
	};
}

/** What the operator overwrites so that the RoboMQ application signs in, and sends, at the sandbox. */
export function signInUrls({ loginOrigin }: Pick<Sandbox, 'loginOrigin'>) {
	return {
		authUrl: `${loginOrigin}/common/oauth2/v2.0/authorize`,
		accessTokenUrl: `${loginOrigin}/common/oauth2/v2.0/token`,
	};
}

/** One input item for each new hire: `hire1@contoso.example`, named *Hire 1*. */
export function hires(count: number): INodeExecutionData[] {
	return Array.from({ length: count }, (_, index) => ({
		json: { name: `Hire ${index + 1}`, address: `hire${index + 1}@contoso.example` },
	}));
}

/** A welcome mail to each of them. */
export const WELCOME = {
	operation: 'send',
	to: '={{ $json.address }}',
	subject: '=Welcome, {{ $json.name }}',
	bodyType: 'html',
	body: '=<p>Good morning, {{ $json.name }}</p>',
};
