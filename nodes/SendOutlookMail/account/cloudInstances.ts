interface CloudInstance {
	/** What a designer reads in the list. */
	displayName: string;
	/** Where people sign in and tokens are issued; an origin. */
	loginOrigin: string;
	/** The only Graph at which those tokens are valid; an origin. */
	graphOrigin: string;
	/**
	 * Where upload sessions may lead, as far as is known: the first is documented, the others were
	 * reported or are probable. https://learn.microsoft.com/graph/outlook-large-attachments
	 */
	uploadOrigins?: readonly string[];
	/** Microsoft's documentation; where there is none, the change to Microsoft's library that names it. */
	source: string;
}

export type CloudInstanceName =
	| 'global'
	| 'usGov'
	| 'usGovDod'
	| 'china'
	| 'bleu'
	| 'delos'
	| 'singapore';

const NATIONAL_CLOUDS = 'https://learn.microsoft.com/graph/deployments';

/** Every Entra ID cloud instance with its pair of hosts. The only place with host names of Microsoft. */
export const CLOUD_INSTANCES: Readonly<Record<CloudInstanceName, CloudInstance>> = {
	global: {
		displayName: 'Global',
		loginOrigin: 'https://login.microsoftonline.com',
		graphOrigin: 'https://graph.microsoft.com',
		uploadOrigins: ['https://outlook.office.com', 'https://outlook.office365.com'],
		source: NATIONAL_CLOUDS,
	},
	usGov: {
		displayName: 'US Government (GCC High, L4)',
		loginOrigin: 'https://login.microsoftonline.us',
		graphOrigin: 'https://graph.microsoft.us',
		source: NATIONAL_CLOUDS,
	},
	usGovDod: {
		displayName: 'US Government (DoD, L5)',
		loginOrigin: 'https://login.microsoftonline.us',
		graphOrigin: 'https://dod-graph.microsoft.us',
		source: NATIONAL_CLOUDS,
	},
	china: {
		displayName: 'China (21Vianet)',
		loginOrigin: 'https://login.partner.microsoftonline.cn',
		graphOrigin: 'https://microsoftgraph.chinacloudapi.cn',
		uploadOrigins: ['https://partner.outlook.cn'],
		source: 'https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud',
	},
	bleu: {
		displayName: 'France (Bleu)',
		loginOrigin: 'https://login.sovcloud-identity.fr',
		graphOrigin: 'https://graph.svc.sovcloud.fr',
		source: 'https://github.com/AzureAD/microsoft-authentication-library-for-dotnet/pull/5671',
	},
	delos: {
		displayName: 'Germany (Delos)',
		loginOrigin: 'https://login.sovcloud-identity.de',
		graphOrigin: 'https://graph.svc.sovcloud.de',
		source: 'https://github.com/AzureAD/microsoft-authentication-library-for-dotnet/pull/5709',
	},
	singapore: {
		displayName: 'Singapore (GovSG)',
		loginOrigin: 'https://login.sovcloud-identity.sg',
		graphOrigin: 'https://graph.svc.sovcloud.sg',
		source: 'https://github.com/AzureAD/microsoft-authentication-library-for-js/issues/8301',
	},
};

export const DEFAULT_CLOUD_INSTANCE: CloudInstanceName = 'global';

/** The value of `cloudInstance` for hosts that are not in the table. */
export const CUSTOM_CLOUD_INSTANCE = 'custom';
