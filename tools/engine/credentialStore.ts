import {
	ICredentialsHelper,
	NodeHelpers,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type ICredentials,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeProperties,
	type INodeTypes,
} from 'n8n-workflow';
import { CustomerOutlookOAuth2Api } from '#credentials/CustomerOutlookOAuth2Api.credentials';
import { RoboMqOutlookOAuth2Api } from '#credentials/RoboMqOutlookOAuth2Api.credentials';

const TYPES: Record<string, ICredentialType> = {
	roboMqOutlookOAuth2Api: new RoboMqOutlookOAuth2Api(),
	customerOutlookOAuth2Api: new CustomerOutlookOAuth2Api(),
};

export interface StoredCredential {
	id: string;
	name: string;
	type: string;
	data: ICredentialDataDecryptedObject;
}

/** Stored values of these hidden fields are dropped, from n8n 2.37 on. */
const PINNED = [
	'useDynamicClientRegistration',
	'authUrl',
	'accessTokenUrl',
	'grantType',
	'authentication',
	'usePkce',
	'requestTokenUrl',
	'signatureMethod',
];

const forDynamicRegistration = { show: { useDynamicClientRegistration: [true] } };

/** What our types inherit from n8n's `oAuth2Api` and do not override. */
const INHERITED: INodeProperties[] = [
	{
		displayName: 'Use Dynamic Client Registration',
		name: 'useDynamicClientRegistration',
		type: 'hidden',
		default: false,
	},
	{
		displayName: 'Server URL',
		name: 'serverUrl',
		type: 'string',
		displayOptions: forDynamicRegistration,
		default: '',
	},
	{
		displayName: 'Additional Body Properties',
		name: 'additionalBodyProperties',
		type: 'json',
		displayOptions: { show: { grantType: ['clientCredentials'] } },
		default: '',
	},
	{ displayName: 'oauthTokenData', name: 'oauthTokenData', type: 'json', default: {} },
];

/**
 * n8n's credentials, kept in memory instead of in its database. What is stored becomes what a node
 * gets as in n8n's `CredentialsHelper`: pinned fields are dropped, the operator's overwrites fill what
 * is empty, then defaults, what is not shown is left out, and expressions are evaluated.
 * `npm run security` compares it with n8n's own.
 */
export class CredentialStore extends ICredentialsHelper {
	private readonly stored = new Map<string, StoredCredential>();

	/** How often a renewed token was written back. */
	tokenUpdates = 0;

	/** @param overwrites what the operator of the n8n provides, by credential type */
	constructor(
		private readonly overwrites: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
	) {
		super();
	}

	add(credential: StoredCredential): INodeCredentialsDetails {
		this.stored.set(credential.id, credential);
		return { id: credential.id, name: credential.name };
	}

	find(id: string | null): StoredCredential {
		const credential = this.stored.get(id ?? '');
		if (!credential) throw new Error(`No credential ${id}`);
		return credential;
	}

	/** What n8n would hand to the node or to its OAuth flow. */
	resolve(id: string | null): ICredentialDataDecryptedObject {
		const { type, data } = this.find(id);
		const properties = this.getCredentialsProperties(type);
		const entered = { ...data };
		for (const field of PINNED) {
			if (properties.some(({ name, type: kind }) => name === field && kind === 'hidden'))
				delete entered[field];
		}
		for (const [field, value] of Object.entries(this.overwrites[type] ?? {})) {
			if ([null, undefined, ''].includes(entered[field] as string)) entered[field] = value;
		}
		const withDefaults = NodeHelpers.getNodeParameters(
			properties,
			entered as never,
			true,
			false,
			null,
			null,
		) as ICredentialDataDecryptedObject;
		const workflow = new Workflow({
			nodes: [RESOLVING_NODE],
			connections: {},
			active: false,
			nodeTypes: NO_NODE_TYPES,
		});
		return workflow.expression.getComplexParameterValue(
			RESOLVING_NODE,
			withDefaults as never,
			'internal',
			{},
			undefined,
			undefined,
			withDefaults as never,
		) as ICredentialDataDecryptedObject;
	}

	getParentTypes(): string[] {
		return ['oAuth2Api'];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		const properties: INodeProperties[] = [];
		NodeHelpers.mergeNodeProperties(properties, INHERITED);
		NodeHelpers.mergeNodeProperties(properties, TYPES[type]!.properties);
		return properties;
	}

	async getDecrypted(
		_additionalData: unknown,
		{ id }: INodeCredentialsDetails,
		_type: string,
		_mode: unknown,
		_executeData?: unknown,
		raw?: boolean,
	): Promise<ICredentialDataDecryptedObject> {
		return raw ? this.find(id).data : this.resolve(id);
	}

	async updateCredentialsOauthTokenData(
		{ id }: INodeCredentialsDetails,
		_type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.tokenUpdates += 1;
		const stored = this.find(id);
		stored.data = { ...stored.data, oauthTokenData: data.oauthTokenData! };
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	async preAuthentication(): Promise<undefined> {
		return undefined;
	}

	async authenticate(): Promise<IHttpRequestOptions> {
		throw new Error('OAuth2 credentials are signed by n8n-core itself');
	}

	async getCredentials(): Promise<ICredentials> {
		throw new Error('Not needed by the engine');
	}

	async updateCredentials(): Promise<void> {
		throw new Error('Not needed by the engine');
	}
}

const RESOLVING_NODE: INode = {
	id: 'resolve',
	name: 'Resolve',
	type: 'resolve',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const NO_NODE_TYPES = {
	getByName: () => ({ description: { properties: [] } }),
	getByNameAndVersion: () => ({ description: { properties: [] } }),
	getKnownTypes: () => ({}),
} as unknown as INodeTypes;
